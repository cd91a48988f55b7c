using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Cli.Service;

namespace KnowledgeGraph.Cli.Commands;

/// <summary><c>kg ingest PATH…</c>: sends reports to the service, one line each.</summary>
public static class IngestCommand
{
    // Of a folder only what the service can read is sent; a file named by the caller is sent whatever its name.
    private static readonly string[] Extensions = [".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx"];

    public static Command Build()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Report files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var command = new Command("ingest", "Send reports, or folders of them, to the running service.") { paths };
        return ServiceCommand.Of(command, (service, arguments, cancellationToken) =>
            RunAsync(service, arguments.GetValue(paths)!, arguments.InvocationConfiguration, cancellationToken));
    }

    private static async Task<int> RunAsync(ServiceClient service, string[] paths, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var allWell = true;
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                await console.Error.WriteLineAsync($"{path}: no such file or folder");
                allWell = false;
                continue;
            }

            foreach (var file in Files(path))
                allWell &= await SendAsync(service, file, console, cancellationToken);
        }

        return allWell ? 0 : 1;
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    private static async Task<bool> SendAsync(ServiceClient service, string file, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            using var form = new MultipartFormDataContent();
            using var stream = new StreamContent(File.OpenRead(file));
            form.Add(stream, "file", Path.GetFileName(file));
            var (status, report) = await service.PostAsync("reports", form, cancellationToken);
            await console.Output.WriteLineAsync($"{file}: {(status == HttpStatusCode.Created ? "new" : "known")}, {Counts(report)}");
            return true;
        }
        catch (Exception exception) when (exception is ServiceFailure or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"{file}: {exception.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    private static string Counts(JsonNode report)
    {
        var byType = report["facts"]!.AsObject().Select(pair => (Type: pair.Key, Count: pair.Value!.GetValue<int>())).ToList();
        var total = byType.Sum(entry => entry.Count);
        var parts = string.Join(", ", byType.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Type, StringComparer.Ordinal).Select(entry => $"{entry.Type} {entry.Count}"));
        return total == 0 ? "0 facts" : $"{total} fact{(total == 1 ? "" : "s")} ({parts})";
    }
}
