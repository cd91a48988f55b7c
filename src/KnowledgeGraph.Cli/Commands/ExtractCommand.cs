using System.CommandLine;
using System.CommandLine.Parsing;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg extract FILE</c>: the facts of a file as JSON lines, without a database.</summary>
public static class ExtractCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A report: txt, md, html, pdf or docx" };
        var publisher = new Option<string?>("--publisher") { Description = "The publishing house, where it is known" };
        var title = new Option<string?>("--title") { Description = "The title, where it is known" };
        var date = new Option<PartialDate?>("--date") { Description = "Date of publication, as 2026-05-24", CustomParser = ParseDate };
        var command = new Command("extract", "Print the facts of a report as JSON lines; needs no database.") { file, publisher, title, date };
        command.SetAction((arguments, cancellationToken) =>
        {
            var path = arguments.GetValue(file)!;
            var hints = new ReportHints
            {
                FileName = Path.GetFileName(path),
                Publisher = arguments.GetValue(publisher),
                Title = arguments.GetValue(title),
                Date = arguments.GetValue(date),
            };
            return RunAsync(path, hints, arguments.InvocationConfiguration, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, ReportHints hints, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            switch (ReportExtractor.Load(VocabularyFolder.Find()).Extract(bytes, hints, cancellationToken))
            {
                case ExtractionResult.Extracted { Report: var report }:
                    foreach (var fact in report.Facts)
                        await console.Output.WriteLineAsync(FactJson.ToJson(fact).ToJsonString(FactJson.Options));
                    return 0;
                case ExtractionResult.Unreadable { Message: var message }:
                    return await RefuseAsync(message);
                default:
                    throw new InvalidOperationException("Extraction ended in no known way.");
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return await RefuseAsync("no such file");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return await RefuseAsync("is a folder; one file at a time");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(exception.Message);
        }
        catch (VocabularyException exception)
        {
            await console.Error.WriteLineAsync($"kg: {exception.Message.ReplaceLineEndings(" ")}");
            return 1;
        }

        async Task<int> RefuseAsync(string why)
        {
            await console.Error.WriteLineAsync($"kg: {path}: {why.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static PartialDate? ParseDate(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (PartialDate.TryParse(text) is { } date)
            return date;
        argument.AddError($"--date: '{text}' is no date like 2026-05-24, 2026-05 or 2026");
        return null;
    }
}
