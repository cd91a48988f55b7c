using System.CommandLine;
using KnowledgeGraph.Cli.Display;
using KnowledgeGraph.Extraction;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg explain FILE</c>: how each fact of a file came about, and what lost against it.</summary>
public static class ExplainCommand
{
    public static Command Build()
    {
        var at = new Option<int?>("--at") { Description = "Only what covers this offset of the text (UTF-16 code units)" };
        var id = new Option<string?>("--fact") { Description = "Only the fact whose id begins so" };
        var command = new Command("explain", "Print how the facts of a report came about: rule, spans, resolution, rivals that lost.");
        var report = new ReportArguments(command);
        command.Options.Add(at);
        command.Options.Add(id);
        command.SetAction((arguments, cancellationToken) => report.RunAsync(
            arguments, (trace, output) => PrintAsync(trace, arguments.GetValue(at), arguments.GetValue(id), output), cancellationToken));
        return command;
    }

    private static async Task<int> PrintAsync(ExtractionTrace trace, int? at, string? id, TextWriter output)
    {
        var chosen = trace.Origins
            .Where(origin => id is null || origin.Fact.Id.ToString().StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .Where(origin => at is null || origin.Fact.Evidence.Any(evidence => evidence.Start <= at && at < evidence.End))
            .ToList();
        var explanation = new Explanation(trace);
        foreach (var line in chosen.SelectMany(explanation.Of))
            await output.WriteLineAsync(line);
        if (at is { } offset)
        {
            foreach (var line in explanation.Around(offset))
                await output.WriteLineAsync(line);
        }

        foreach (var line in id is null && at is null ? explanation.Leftovers() : [])
            await output.WriteLineAsync(line);
        if (chosen.Count > 0)
            return 0;
        await output.WriteLineAsync(id is not null ? $"no fact {id}" : at is not null ? $"no fact at {at}" : "no facts");
        return id is null && at is null ? 0 : 1;
    }
}
