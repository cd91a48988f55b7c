using System.CommandLine;
using KnowledgeGraph.Cli.Display;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg extract FILE</c>: the facts of a file as JSON lines, or its text with the facts highlighted, without a database.</summary>
public static class ExtractCommand
{
    public static Command Build()
    {
        var html = new Option<string?>("--html") { Description = "Write the text with its facts highlighted to this file instead" };
        var command = new Command("extract", "Print the facts of a report as JSON lines; needs no database.");
        var report = new ReportArguments(command);
        command.Options.Add(html);
        command.SetAction((arguments, cancellationToken) => report.RunAsync(
            arguments,
            async (trace, output) =>
            {
                if (arguments.GetValue(html) is { } page)
                {
                    await File.WriteAllTextAsync(page, HighlightedReport.Of(trace.Report), cancellationToken);
                    return 0;
                }

                foreach (var fact in trace.Report.Facts)
                    await output.WriteLineAsync(FactJson.ToText(fact));
                return 0;
            },
            cancellationToken));
        return command;
    }
}
