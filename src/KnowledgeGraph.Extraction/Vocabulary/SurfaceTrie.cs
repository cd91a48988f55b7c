using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>A match: the span in the text and the form that stands there.</summary>
internal readonly record struct SurfaceMatch(int Start, int End, SurfaceForm Form);

/// <summary>
/// All surface forms in one trie. From each place of the text the walk goes at most as deep as the longest form, so a scan is linear in the
/// text; most places end at the table of first characters.
/// </summary>
internal sealed class SurfaceTrie(int capacity = 1 << 16)
{
    private readonly Dictionary<long, int> edges = new(capacity);
    private readonly int[] roots = new int[char.MaxValue + 1];
    private readonly List<List<SurfaceForm>?> forms = new(capacity) { null };

    public void Add(SurfaceForm form)
    {
        var node = 0;
        foreach (var c in form.Key)
            node = Child(node, c);
        var here = forms[node] ??= [];
        var same = here.FindIndex(other => other.Entry.Id == form.Entry.Id && other.Cased == form.Cased && other.CaseSensitive == form.CaseSensitive && other.Place == form.Place);
        if (same < 0)
            here.Add(form);
        else
            here[same] = form with { Gaps = form.Gaps | here[same].Gaps };
    }

    /// <summary>The forms whose key is exactly this one.</summary>
    public IReadOnlyList<SurfaceForm> Exact(string key)
    {
        var node = 0;
        foreach (var c in key)
        {
            node = Next(node, c);
            if (node == 0)
                return [];
        }

        return (IReadOnlyList<SurfaceForm>?)forms[node] ?? [];
    }

    /// <summary>All forms that start at <paramref name="start"/> of a folded text, whatever their place, shortest first.</summary>
    /// <param name="lower">The text, lower case.</param>
    /// <param name="text">The same text in its own case.</param>
    public void MatchAt(string lower, string text, int start, List<SurfaceMatch> into)
    {
        if (IsWord(lower[start]) && start > 0 && IsWord(lower[start - 1]))
            return;

        var node = 0;
        var depth = 0;
        ulong gaps = 0;
        for (var i = start; i < lower.Length; i++)
        {
            var next = Next(node, lower[i]);
            if (next == 0)
            {
                var canSkip = depth is > 0 and < 64 && SurfaceForm.IsSeparator(lower[i]) && !SurfaceForm.IsSeparator(lower[i - 1]);
                if (!canSkip)
                    return;
                gaps |= 1UL << depth;
                continue;
            }

            node = next;
            depth++;
            if (forms[node] is { } here)
                Accept(here, text, start, i + 1, gaps, into);
        }
    }

    private static void Accept(List<SurfaceForm> here, string text, int start, int end, ulong gaps, List<SurfaceMatch> into)
    {
        foreach (var form in here)
        {
            if ((gaps & ~form.Gaps) == 0 && EndsWell(text, end, form) && (!form.CaseSensitive || SameCase(text, start, end, form.Cased)))
                into.Add(new SurfaceMatch(start, end, form));
        }
    }

    /// <summary>A name ends where no letter or digit of its own script goes on; a family's may be followed by its version.</summary>
    private static bool EndsWell(string text, int end, SurfaceForm form)
    {
        if (end == text.Length || !IsWord(text[end - 1]))
            return true;
        var next = text[end];
        if (form.Entry.IsFamily && (char.IsAsciiDigit(next) || (IsWord(next) && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            return true;
        // 6,144 GB300s: several of a chip.
        if (next == 's' && char.IsAsciiDigit(text[end - 1]) && form.Entry.Kind == EntityKind.Chip && (end + 1 == text.Length || !IsWord(text[end + 1])))
            return true;
        var isDecimal = next == '.' && char.IsAsciiDigit(text[end - 1]) && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]);
        return !IsWord(next) && !isDecimal;
    }

    private static bool SameCase(string text, int start, int end, string cased)
    {
        var k = 0;
        for (var i = start; i < end; i++)
        {
            if (k < cased.Length && text[i] == cased[k])
                k++;
            else if (!SurfaceForm.IsSeparator(text[i]))
                return false;
        }

        return k == cased.Length;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is >= '\u00C0' and <= '\u024F';

    private int Next(int node, char c) => node == 0 ? roots[c] : edges.GetValueOrDefault(Edge(node, c));

    private int Child(int node, char c)
    {
        var next = Next(node, c);
        if (next != 0)
            return next;
        next = forms.Count;
        forms.Add(null);
        if (node == 0)
            roots[c] = next;
        else
            edges[Edge(node, c)] = next;
        return next;
    }

    private static long Edge(int node, char c) => ((long)node << 16) | c;
}
