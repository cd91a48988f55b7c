using System.CommandLine;
using System.Text.Json;
using KnowledgeGraph.Cli.Display;
using KnowledgeGraph.Extraction.Evaluation;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg eval GOLD FACTS</c>: what extracted facts are worth against an annotation; needs no service.</summary>
public static class EvalCommand
{
    public static Command Build()
    {
        var gold = new Argument<string>("GOLD") { Description = "Annotation of a report (JSON)" };
        var facts = new Argument<string>("FACTS") { Description = "Facts of that report, one a line (JSON lines)" };
        var show = new Option<int>("--show") { Description = "Print so many missed and wrong facts" };
        var command = new Command("eval", "Score extracted facts against an annotation.") { gold, facts, show };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(gold)!, arguments.GetValue(facts)!, arguments.GetValue(show), arguments.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string goldPath, string factsPath, int show, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var gold = Gold.Parse(await File.ReadAllTextAsync(goldPath, cancellationToken));
            var facts = Gold.ParseFacts(await File.ReadAllLinesAsync(factsPath, cancellationToken));
            foreach (var line in ScoreLines.Of(Scoring.Of(gold, facts), show))
                await console.Output.WriteLineAsync(line);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            await console.Error.WriteLineAsync($"kg: {exception.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
