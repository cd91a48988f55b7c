using System.Globalization;
using KnowledgeGraph.Domain.Entities;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>An entry as the file has it: each key with its values, and where it stands.</summary>
internal sealed record RawEntry(string File, long Line, string Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    public string Slug => One("id") ?? throw Wrong("has no id");

    public string? One(string key)
    {
        var values = Many(key);
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => throw Wrong($"has several values for '{key}'"),
        };
    }

    public IReadOnlyList<string> Many(string key) => Fields.TryGetValue(key, out var values) ? values : [];

    public bool Flag(string key) => One(key) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw Wrong($"'{key}' is '{other}', neither true nor false"),
    };

    public VocabularyException Wrong(string why) =>
        new($"{File}:{Line.ToString(CultureInfo.InvariantCulture)}: entry '{(Fields.TryGetValue("id", out var id) && id.Count > 0 ? id[0] : "?")}' {why}.");
}

/// <summary>
/// Reads the vocabulary's files: each a list of flat mappings whose values are words or lists of words. It reads YAML events, not objects:
/// the start of every command waits for it, and errors need the line.
/// </summary>
internal static class VocabularyReader
{
    /// <summary>Which kind of entry each file holds; a file of another name is refused, lest a misnamed one be missed.</summary>
    private static readonly Dictionary<string, string> KindOf = new(StringComparer.Ordinal)
    {
        ["companies"] = EntityKind.Company,
        ["organisations"] = EntityKind.Organisation,
        ["models"] = EntityKind.Model,
        ["chips"] = EntityKind.Chip,
        ["products"] = EntityKind.Product,
        ["indices"] = EntityKind.Index,
        ["people"] = EntityKind.Person,
        ["publishers"] = EntityKind.Publisher,
        ["sectors"] = EntityKind.Sector,
        ["assets"] = EntityKind.Asset,
        ["metrics"] = TermKind.Metric,
        ["segments"] = TermKind.Segment,
        ["benchmarks"] = TermKind.Benchmark,
        ["ratings"] = TermKind.Rating,
        ["rating-actions"] = TermKind.RatingAction,
        ["markets"] = TermKind.Market,
        ["not-names"] = NotNames,
    };

    /// <summary>Everyday phrases that hold a name by accident (百度一下); where one stands, nothing inside it is a mention.</summary>
    public const string NotNames = "not-names";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "id", "name", "aliases", "cased", "tickers", "bare", "home", "fiscalYearEnd", "maker", "of", "family", "media", "kind",
        "currency", "suffixes", "spaced", "digits", "phrases", "value", "weak",
    };

    public static IEnumerable<RawEntry> Read(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <param name="text">What the file holds.</param>
    /// <param name="file">Its name, which says of what kind the entries are.</param>
    public static List<RawEntry> Read(TextReader text, string file)
    {
        if (!KindOf.TryGetValue(Stem(file), out var kind))
            throw new VocabularyException($"{file}: no kind of entry has this file name; known are {string.Join(", ", KindOf.Keys)}.");
        try
        {
            return ReadList(new Parser(text), file, kind);
        }
        catch (YamlException e)
        {
            throw new VocabularyException($"{file}:{e.Start.Line.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
        }
    }

    /// <summary>A kind may have several files: companies.yaml, companies.taiwan.yaml.</summary>
    private static string Stem(string file) => file[..file.IndexOf('.', StringComparison.Ordinal)];

    private static List<RawEntry> ReadList(Parser parser, string file, string kind)
    {
        var entries = new List<RawEntry>();
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            entries.Add(ReadEntry(parser, file, kind));
        return entries;
    }

    private static RawEntry ReadEntry(Parser parser, string file, string kind)
    {
        var line = parser.Consume<MappingStart>().Start.Line;
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var entry = new RawEntry(file, line, kind, fields);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>().Value;
            if (!Known.Contains(key))
                throw entry.Wrong($"has an unknown key '{key}'");
            if (!fields.TryAdd(key, ReadValues(parser)))
                throw entry.Wrong($"has '{key}' twice");
        }

        return entry;
    }

    private static List<string> ReadValues(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var single))
            return [single.Value];
        var values = new List<string>();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            values.Add(parser.Consume<Scalar>().Value);
        return values;
    }
}
