using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Cli.Display;
using KnowledgeGraph.Cli.Service;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg timeline ENTITY</c>: what is known of an entity, in order of time, as a table.</summary>
public static class TimelineCommand
{
    private const int WidthOfFiles = 160;

    private static readonly string[] Header = ["when", "type", "status", "what", "publisher", "quote"];
    private static readonly int[] Limits = [21, 20, 9, 48, 14];

    public static Command Build()
    {
        var entity = new Argument<string>("ENTITY") { Description = "An id, as company/nvidia, or any name of it" };
        var from = new Option<string?>("--from") { Description = "First day, as 2026-05-01" };
        var to = new Option<string?>("--to") { Description = "Last day" };
        var type = new Option<string?>("--type") { Description = "Only facts of a type, as EarningsReported" };
        var limit = new Option<int>("--limit") { Description = "The greatest number of facts", DefaultValueFactory = _ => int.MaxValue };
        var command = new Command("timeline", "Print what is known of an entity, in order of time.") { entity, from, to, type, limit };
        return ServiceCommand.Of(command, async (service, arguments, cancellationToken) =>
        {
            var console = arguments.InvocationConfiguration;
            var found = await FindAsync(service, arguments.GetValue(entity)!, console, cancellationToken);
            if (found is null)
                return 1;
            var most = arguments.GetValue(limit);
            var page = Math.Clamp(most, 1, ServiceClient.LargestPage).ToString(CultureInfo.InvariantCulture);
            var query = Query(("from", arguments.GetValue(from)), ("to", arguments.GetValue(to)), ("type", arguments.GetValue(type)), ("limit", page));
            var facts = await service.ListAsync($"entities/{found}/timeline{query}", most, cancellationToken).ToListAsync(cancellationToken);
            foreach (var line in TextTable.Lines(Header, [.. facts.Select(fact => Row(fact, found))], Limits, Width()))
                await console.Output.WriteLineAsync(line);
            return 0;
        });
    }

    // An id has a slash, a name is looked up: the entity that bears exactly this name, else the only one that the search finds.
    private static async Task<string?> FindAsync(ServiceClient service, string entity, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        if (entity.Contains('/', StringComparison.Ordinal))
            return entity;

        var page = await service.GetAsync("entities" + Query(("q", entity)), cancellationToken);
        var candidates = page["items"]!.AsArray().Select(item => item!).ToList();
        var exact = candidates.Where(candidate => candidate["match"]?["kind"]?.ToString() == "exact").ToList();
        var chosen = exact.Count > 0 ? exact : candidates;
        if (chosen.Count == 1)
            return chosen[0]["id"]!.ToString();

        await console.Error.WriteLineAsync(chosen.Count == 0
            ? $"kg: no entity is called '{entity}'"
            : $"kg: '{entity}' may be {string.Join(", ", chosen.Select(candidate => candidate["id"]))}; give one of these");
        return null;
    }

    private static string[] Row(JsonNode fact, string entity) =>
    [
        fact["when"]?.ToString() ?? "",
        fact["type"]!.ToString(),
        fact["status"]!.ToString(),
        FactSummary.Of(fact, entity),
        fact["evidence"]?["publisher"]?.ToString() ?? "",
        fact["quote"]!.ToString(),
    ];

    private static string Query(params (string Name, string? Value)[] pairs)
    {
        var given = pairs.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }

    private static int Width() => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? WidthOfFiles : Console.WindowWidth;
}
