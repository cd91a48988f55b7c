namespace KnowledgeGraph.Extraction.Reading;

/// <summary>The headings and list items open at a place in the text, and so the parents of what stands there.</summary>
internal sealed class Outline
{
    private readonly List<(int Index, int Level)> _headings = [];
    private readonly List<(int Index, int Level)> _items = [];

    /// <summary>Where titles stand right below numbered ones they are under them: 2. SK HYNIX / Print / Outlook.</summary>
    public static void RankHeadings(List<Unit> units)
    {
        var first = units.FindIndex(unit => IsHeading(unit, MarkerSort.Number));
        if (first < 0 || !Enumerable.Range(first, units.Count - first - 1).Any(i => IsHeading(units[i], MarkerSort.Number) && IsHeading(units[i + 1], MarkerSort.None) && units[i].Level == units[i + 1].Level))
        {
            return;
        }

        foreach (var unit in units.Skip(first).Where(unit => IsHeading(unit, MarkerSort.None)))
        {
            unit.Level++;
        }
    }

    private static bool IsHeading(Unit unit, MarkerSort marker) => unit.Kind == BlockKind.Heading && unit.Marker == marker && !unit.IsWhole;

    /// <summary>Gives list items their depth: deeper by indentation, or by another sort of marker under the first.</summary>
    public static void SetLevels(List<Unit> units)
    {
        var open = new List<(int Indent, MarkerSort Sort)>();
        var isNumbered = false;
        foreach (var unit in units)
        {
            if (unit.Kind != BlockKind.ListItem)
            {
                if (unit.Kind is BlockKind.Heading or BlockKind.Table || (unit.Kind == BlockKind.Paragraph && !unit.IsNote))
                {
                    open.Clear();
                    isNumbered = false;
                }

                continue;
            }

            if (unit.Level > 0)
            {
                // A list of the markup's own right below a paragraph with a number typed before it is under it.
                isNumbered |= unit.Marker == MarkerSort.Number;
                unit.Level += isNumbered && unit.Marker == MarkerSort.None ? 1 : 0;
                continue;
            }

            var sort = unit.Marker;
            var same = open.FindIndex(item => item.Sort == sort && Math.Abs(item.Indent - unit.Indent) < 2);
            if (same < 0 && unit.Indent >= 2)
            {
                same = open.FindIndex(item => Math.Abs(item.Indent - unit.Indent) < 2 && item.Indent >= 2);
            }

            if (same >= 0)
            {
                open.RemoveRange(same + 1, open.Count - same - 1);
            }
            else
            {
                open.RemoveAll(item => item.Indent > unit.Indent + 1);
                open.Add((unit.Indent, sort));
            }

            unit.Level = Math.Min(open.Count, 6);
        }
    }

    public (int Heading, int Parent) Place(Unit unit, int index)
    {
        if (unit.Kind == BlockKind.Heading)
        {
            Close(_headings, unit.Level);
            _items.Clear();
            var above = _headings.Count == 0 ? -1 : _headings[^1].Index;
            _headings.Add((index, unit.Level));
            return (above, -1);
        }

        var heading = _headings.Count == 0 ? -1 : _headings[^1].Index;
        if (unit.Kind == BlockKind.ListItem)
        {
            Close(_items, unit.Level);
            var parent = _items.Count == 0 ? -1 : _items[^1].Index;
            _items.Add((index, unit.Level));
            return (heading, parent);
        }

        if (unit.Kind is BlockKind.Paragraph or BlockKind.Table)
        {
            _items.Clear();
        }

        return (heading, -1);
    }

    private static void Close(List<(int Index, int Level)> open, int level)
    {
        while (open.Count > 0 && open[^1].Level >= level)
        {
            open.RemoveAt(open.Count - 1);
        }
    }
}
