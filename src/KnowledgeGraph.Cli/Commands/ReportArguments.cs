using System.CommandLine;
using System.CommandLine.Parsing;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Cli.Commands;

/// <summary>A report file on the command line with what the caller knows of it, and the one line that says why it cannot be read.</summary>
internal sealed class ReportArguments
{
    private readonly Argument<string> file = new("FILE") { Description = "A report: txt, md, html, pdf or docx" };
    private readonly Option<string?> publisher = new("--publisher") { Description = "The publishing house, where it is known" };
    private readonly Option<string?> title = new("--title") { Description = "The title, where it is known" };
    private readonly Option<PartialDate?> date = new("--date") { Description = "Date of publication, as 2026-05-24", CustomParser = ParseDate };

    public ReportArguments(Command command)
    {
        command.Arguments.Add(file);
        command.Options.Add(publisher);
        command.Options.Add(title);
        command.Options.Add(date);
    }

    /// <summary>Extracts the file and hands its trace on; what cannot be read or written is one line on the error stream.</summary>
    public async Task<int> RunAsync(ParseResult arguments, Func<ExtractionTrace, TextWriter, Task<int>> print, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(file)!;
        var console = arguments.InvocationConfiguration;
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return ReportExtractor.Load(VocabularyFolder.Find()).Trace(bytes, Hints(arguments), cancellationToken) switch
            {
                TraceResult.Traced { Trace: var trace } => await print(trace, console.Output),
                TraceResult.Unreadable { Message: var message } => await RefuseAsync(message),
                _ => throw new InvalidOperationException("Extraction ended in no known way."),
            };
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

    private ReportHints Hints(ParseResult arguments) => new()
    {
        FileName = Path.GetFileName(arguments.GetValue(file)!),
        Publisher = arguments.GetValue(publisher),
        Title = arguments.GetValue(title),
        Date = arguments.GetValue(date),
    };

    private static PartialDate? ParseDate(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (PartialDate.TryParse(text) is { } date)
            return date;
        argument.AddError($"--date: '{text}' is no date like 2026-05-24, 2026-05 or 2026");
        return null;
    }
}
