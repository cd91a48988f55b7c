using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.EventStore.Schema;

/// <summary>One numbered script of a source.</summary>
public sealed record Migration(string Source, int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the script, by which an applied script that was edited afterwards is noticed.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}

/// <summary>
/// A set of numbered, forward-only scripts embedded in an assembly: resources named <c>prefix + NNNN_name.sql</c>. The name of the set
/// stands in kg.migrations beside each number, so that every assembly counts for itself.
/// </summary>
public sealed partial record MigrationSource(string Name, Assembly Assembly, string ResourcePrefix)
{
    /// <summary>The event store's own tables; first in every list.</summary>
    public static MigrationSource EventStore { get; } =
        new("event-store", typeof(MigrationSource).Assembly, "KnowledgeGraph.EventStore.Schema.");

    /// <summary>The scripts in the order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">There is none, or a number occurs twice.</exception>
    public IReadOnlyList<Migration> Read()
    {
        var migrations = Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => (Resource: name, Match: FileName().Match(name[ResourcePrefix.Length..])))
            .Where(row => row.Match.Success)
            .Select(row => new Migration(
                Name,
                int.Parse(row.Match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                row.Match.Groups["name"].Value,
                ReadResource(row.Resource)))
            .OrderBy(migration => migration.Number)
            .ToList();

        if (migrations.Count == 0)
            throw new InvalidOperationException($"{Assembly.GetName().Name} holds no resource {ResourcePrefix}NNNN_name.sql.");
        if (migrations.DistinctBy(migration => migration.Number).Count() < migrations.Count)
            throw new InvalidOperationException($"Two migrations of {Name} have the same number.");

        return migrations;
    }

    private string ReadResource(string name)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(?<number>[0-9]{4})_(?<name>[a-z0-9_]+)\.sql$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
