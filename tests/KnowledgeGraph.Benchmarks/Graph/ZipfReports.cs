using System.Security.Cryptography;
using System.Text.Json;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>
/// Made-up reports about 100,000 entities. Which entity a fact is about follows Zipf's law, so that a few have timelines of
/// tens of thousands of facts and most have a handful. The same number gives the same report, in every run but for the facts' ids.
/// </summary>
internal static class ZipfReports
{
    public const int FactsPerReport = 29;

    private const int EntityCount = 100_000;

    private static readonly string[] Kinds = [EntityKind.Company, EntityKind.Model, EntityKind.Chip];

    private static readonly string[] Syllables =
        [.. from head in "bdfgklmnprstvz" from vowel in "aeiou" select $"{head}{vowel}"];

    /// <summary>An entity's id as an address has it, by a rank that is drawn.</summary>
    public static string Draw(Random random) => IdOf(Rank(random)).ToString();

    public static StreamAppend Report(int number)
    {
        var random = new Random(number);
        var id = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)));
        var publisher = random.Next(50);
        object registered = new ReportRegistered
        {
            ReportId = id,
            MediaType = "text/plain",
            Size = 40_000,
            TextLength = 14_000,
            Publisher = new Entity { Id = new EntityId(EntityKind.Publisher, $"nr-{publisher}"), Name = $"{publisher}号证券" },
            Title = $"周报 {number}",
            Date = DayOf(random),
            DateBasis = "stated",
            Ruleset = "benchmark",
        };
        var facts = Enumerable.Range(0, FactsPerReport).Select(i => (object)FactOf(id, i, random));
        return new StreamAppend($"report/{id}", "report", ExpectedVersion.NoStream, [.. facts.Prepend(registered).Select(EventOf)]);
    }

    // Half of the facts carry numbers, the other half edges.
    private static FactRecorded FactOf(string report, int place, Random random)
    {
        var evidence = new[] { new Evidence($"第{place}条，业务进展符合预期", place * 40, (place * 40) + 20) };
        var (id, ruleset) = (Guid.NewGuid(), "benchmark");
        FactRecorded fact = random.Next(4) switch
        {
            0 => new DealAnnounced
            {
                FactId = id,
                ReportId = report,
                Status = "reported",
                Evidence = evidence,
                Rule = ruleset,
                Ruleset = ruleset,
                Supplier = [Entity(random)],
                Customer = [Entity(random)],
                Kind = "supply",
            },
            1 => new LineageReported
            {
                FactId = id,
                ReportId = report,
                Status = "reported",
                Evidence = evidence,
                Rule = ruleset,
                Ruleset = ruleset,
                Subject = [Entity(random)],
                Base = [Entity(random)],
                Relation = "built-on",
            },
            _ => new EarningsReported
            {
                FactId = id,
                ReportId = report,
                Status = "reported",
                Evidence = evidence,
                Rule = ruleset,
                Ruleset = ruleset,
                Company = [Entity(random)],
                Metric = "revenue",
                Period = $"{2015 + random.Next(12)}Q{random.Next(1, 5)}",
                Amount = random.Next(1, 100_000) * 1_000_000m,
                Currency = "CNY",
            },
        };
        return fact with { When = DayOf(random), Attribution = ["公告"] };
    }

    private static string DayOf(Random random) => $"2026-{random.Next(1, 13):D2}-{random.Next(1, 28):D2}";

    // Evenly drawn between the logarithms of 1 and of the last rank: Zipf's law with exponent 1.
    private static int Rank(Random random) => (int)Math.Pow(EntityCount, random.NextDouble());

    private static Entity Entity(Random random)
    {
        var rank = Rank(random);
        return new Entity { Id = IdOf(rank), Name = LatinOf(rank), Aliases = [ChineseOf(rank)] };
    }

    private static EntityId IdOf(int rank) => new(Kinds[rank % Kinds.Length], $"nr-{rank}");

    // Names are spread by a product, so that neighbours in rank do not begin alike; the last part keeps them distinct.
    private static string LatinOf(int rank)
    {
        var spread = (uint)rank * 2654435761u;
        var parts = Enumerable.Range(0, 4).Select(i => Syllables[(int)((spread >> (i * 8)) % (uint)Syllables.Length)]);
        return $"{string.Concat(parts)} {rank}";
    }

    private static string ChineseOf(int rank)
    {
        var spread = (uint)rank * 2246822519u;
        return string.Concat(Enumerable.Range(0, 4).Select(i => (char)('\u4e00' + ((spread >> (i * 8)) & 255) + (i * 256))));
    }

    private static NewEvent EventOf(object body) => new(
        Guid.NewGuid(), EventTypes.NameOf(body.GetType()), $"{body.GetType().FullName}, Domain", JsonSerializer.Serialize(body, body.GetType(), FactMapping.EventJson));
}
