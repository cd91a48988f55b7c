namespace KnowledgeGraph.Api.Keys;

/// <summary>What a key allows. No scope includes another.</summary>
public static class Scope
{
    public const string Read = "read";

    public const string Ingest = "ingest";

    public const string Curate = "curate";

    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Read, Ingest, Curate, Admin];
}
