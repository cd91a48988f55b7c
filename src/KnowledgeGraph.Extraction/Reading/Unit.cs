namespace KnowledgeGraph.Extraction.Reading;

/// <summary>A block in the making.</summary>
internal sealed class Unit
{
    public required BlockKind Kind { get; set; }

    /// <summary>The lines or parts of lines that it is made of, in order.</summary>
    public List<(int Start, int End)> Stretches { get; } = [];

    /// <summary>What stands before the first stretch and belongs to the block but not to its words: list marker, heading number.</summary>
    public required int Start { get; init; }

    public int End { get; set; }

    public int Level { get; set; }

    public MarkerSort Marker { get; init; }

    public int Indent { get; init; }

    public RawTable? Raw { get; init; }

    public Table? Ready { get; init; }

    /// <summary>The format itself says where this block ends: nothing is joined to it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>A page foot or running header: what stands on both sides may belong together.</summary>
    public bool IsFurniture { get; init; }

    public bool IsNote { get; set; }

    /// <summary>Lines between the end of the unit before and this one: 0 where they touch.</summary>
    public int BlankLinesBefore { get; set; }

    public int FirstLine { get; init; }

    public int LastLine { get; set; }
}
