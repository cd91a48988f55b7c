using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Cli.Service;

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
        var differences = 0;
        foreach (var view in replay["views"]!.AsArray())
        {
            var found = view!["differences"]!.AsArray();
            differences += found.Count;
            await console.Output.WriteLineAsync($"{view["view"]}: {view["rows"]} rows, {found.Count} differences");
            foreach (var difference in found)
                await console.Output.WriteLineAsync($"  {difference}");
        }

        var seconds = replay["seconds"]!.GetValue<decimal>().ToString("0.00", CultureInfo.InvariantCulture);
        await console.Output.WriteLineAsync($"{replay["events"]} events in {seconds} s, {differences} differences");
        return differences == 0 ? 0 : 1;
    }
}
