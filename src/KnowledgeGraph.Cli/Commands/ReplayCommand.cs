using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Cli.Service;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg replay</c>: has all views rebuilt from the events alone beside the live ones, and says whether they agree.</summary>
public static class ReplayCommand
{
    public static Command Build() => ServiceCommand.Of(
        new Command("replay", "Rebuild all views from the events alone and compare them with the live ones."),
        async (service, arguments, cancellationToken) =>
        {
            var (_, replay) = await service.PostAsync("operations/replay", content: null, cancellationToken);
            return await PrintAsync(replay, arguments.InvocationConfiguration);
        });

    private static async Task<int> PrintAsync(JsonNode replay, InvocationConfiguration console)
    {
        long differences = 0;
        foreach (var view in replay["views"]!.AsArray())
        {
            var count = view!["differenceCount"]!.GetValue<long>();
            differences += count;
            await console.Output.WriteLineAsync($"{view["view"]}: {view["rows"]} rows, {count} differences");
            foreach (var difference in view["differences"]!.AsArray())
                await console.Output.WriteLineAsync($"  {difference!["key"]}: live {Row(difference["live"])}, rebuilt {Row(difference["rebuilt"])}");
        }

        var failed = replay["failed"]!.GetValue<long>();
        var seconds = replay["seconds"]!.GetValue<decimal>().ToString("0.00", CultureInfo.InvariantCulture);
        await console.Output.WriteLineAsync(
            $"{replay["events"]} events in {seconds} s, {differences} differences{(failed == 0 ? "" : $", {failed} events set aside as dead letters")}");
        return differences == 0 ? 0 : 1;
    }

    private static string Row(JsonNode? row) => row?.ToJsonString(FactJson.Options) ?? "absent";
}
