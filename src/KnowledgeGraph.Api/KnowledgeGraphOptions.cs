using System.Net;
using Microsoft.Extensions.Options;

namespace KnowledgeGraph.Api;

/// <summary>The host's settings. Relative folders are seen from the working directory. A setting that cannot be is refused before anything starts.</summary>
public sealed record KnowledgeGraphOptions
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Server and database to use; null starts an embedded cluster in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the embedded cluster and <c>service.json</c> live.</summary>
    public string DataDirectory { get; init; } = ".data";

    public string VocabularyDirectory { get; init; } = "seeds/vocabulary";

    /// <summary>The reports that are ingested at start; known ones cost a look-up each.</summary>
    public string SeedsDirectory { get; init; } = "seeds/reports";

    public bool SeedsEnabled { get; init; } = true;

    /// <summary>Largest report accepted, in bytes.</summary>
    public int MaxReportBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>How long a live answer may be silent; below what proxies on the way allow.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether every request but a probe needs a key; null: unless the host listens on loopback addresses only.</summary>
    public bool? KeysRequired { get; init; }

    /// <summary>How many requests a minute one client may make for long; null: 1200 where keys are required, else 3 million.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>How many it may make at once after a pause; null: 300 where keys are required, else 50 thousand.</summary>
    public int? RequestBurst { get; init; }

    /// <summary>The origins, as https://graph.example, whose pages may ask from a browser.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Networks that webhooks may be delivered to beside public addresses, as 10.1.0.0/16, with commas between them.</summary>
    public IReadOnlyList<IPNetwork> WebhookNetworks { get; init; } = [];

    public string ServiceFile => Path.Combine(DataDirectory, "service.json");

    /// <exception cref="OptionsValidationException">A setting that cannot be.</exception>
    public static KnowledgeGraphOptions From(IConfiguration configuration)
    {
        var defaults = new KnowledgeGraphOptions();
        var section = configuration.GetSection("KnowledgeGraph");
        var connection = configuration.GetConnectionString("KnowledgeGraph");
        var options = new KnowledgeGraphOptions
        {
            ConnectionString = string.IsNullOrWhiteSpace(connection) ? null : connection,
            DataDirectory = Path.GetFullPath(section["DataDirectory"] ?? defaults.DataDirectory),
            VocabularyDirectory = Path.GetFullPath(section["VocabularyDirectory"] ?? defaults.VocabularyDirectory),
            SeedsDirectory = Path.GetFullPath(section["SeedsDirectory"] ?? defaults.SeedsDirectory),
            SeedsEnabled = section.GetValue("SeedsEnabled", defaults.SeedsEnabled),
            MaxReportBytes = section.GetValue("MaxReportBytes", defaults.MaxReportBytes),
            WebhookNetworks = NetworksIn(section["WebhookNetworks"]),
            Heartbeat = section.GetValue("Heartbeat", defaults.Heartbeat),
            KeysRequired = section.GetValue<bool?>("KeysRequired"),
            RequestsPerMinute = section.GetValue<int?>("RequestsPerMinute"),
            RequestBurst = section.GetValue<int?>("RequestBurst"),
            CorsOrigins = section.GetSection("CorsOrigins").Get<string[]>() ?? [],
        };
        var failures = options.Failures().ToList();
        return failures.Count == 0 ? options : throw new OptionsValidationException("KnowledgeGraph", typeof(KnowledgeGraphOptions), failures);
    }

    private static List<IPNetwork> NetworksIn(string? text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            networks.Add(IPNetwork.TryParse(part, out var network)
                ? network
                : throw new OptionsValidationException("KnowledgeGraph", typeof(KnowledgeGraphOptions), [$"KnowledgeGraph:WebhookNetworks: {part} is no network like 10.1.0.0/16."]));
        }

        return networks;
    }

    private IEnumerable<string> Failures()
    {
        if (!Directory.Exists(VocabularyDirectory))
            yield return $"KnowledgeGraph:VocabularyDirectory: there is no folder {VocabularyDirectory}.";
        if (SeedsEnabled && !Directory.Exists(SeedsDirectory))
            yield return $"KnowledgeGraph:SeedsDirectory: there is no folder {SeedsDirectory}; --no-seeds starts without.";
        if (MaxReportBytes is < 1 or > 1024 * 1024 * 1024)
            yield return $"KnowledgeGraph:MaxReportBytes: {MaxReportBytes} is not between 1 byte and 1 GB.";
        if (Heartbeat < TimeSpan.FromMilliseconds(1) || Heartbeat > TimeSpan.FromHours(1))
            yield return $"KnowledgeGraph:Heartbeat: {Heartbeat} is not between a millisecond and an hour.";
        if (RequestsPerMinute is < 1 or > 60_000_000)
            yield return $"KnowledgeGraph:RequestsPerMinute: {RequestsPerMinute} is not between 1 and 60 million.";
        if (RequestBurst < 1)
            yield return $"KnowledgeGraph:RequestBurst: {RequestBurst} is not 1 or more.";
        foreach (var origin in CorsOrigins.Where(origin => !IsOrigin(origin)))
            yield return $"KnowledgeGraph:CorsOrigins: '{origin}' is no origin like https://graph.example.";
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text;
}
