namespace KnowledgeGraph.Api.Views;

/// <summary>
/// The statements that make the tables of a set of views, in the schema that stands for <c>{schema}</c>, in three parts. An index costs less
/// when it is made of a full table than when it is kept while the table fills, so that a rebuild makes each as late as it can.
/// </summary>
/// <param name="Tables">The tables, functions and the keys that recordings are folded by.</param>
/// <param name="Decisions">Indexes by which a decision finds what it changes: made at the first decision.</param>
/// <param name="Readers">Indexes that the fold never reads by: made when all events have been folded.</param>
public sealed record ViewScript(string Tables, string Decisions, string Readers)
{
    /// <summary>Scripts embedded beside the code of their views; lines that begin with --- part each in three.</summary>
    internal static ViewScript Read(params string[] names)
    {
        var parts = names.Select(name => ReadText(name).Split(["--- decisions\n", "--- readers\n"], StringSplitOptions.None)).ToList();
        return new ViewScript(string.Concat(parts.Select(part => part[0])), string.Concat(parts.Select(part => part[1])), string.Concat(parts.Select(part => part[2])));
    }

    /// <summary>The statements that make indexes, each safe to repeat.</summary>
    internal IEnumerable<string> Indexes =>
        (Decisions + Readers).Split('\n').Where(line => line.StartsWith("create ", StringComparison.Ordinal));

    private static string ReadText(string name)
    {
        using var stream = typeof(ViewScript).Assembly.GetManifestResourceStream($"KnowledgeGraph.Api.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
