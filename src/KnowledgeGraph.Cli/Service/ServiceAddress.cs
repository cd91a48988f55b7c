using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Cli.Service;

/// <summary>Where the service is, or why that is not known.</summary>
public abstract record ServiceAddress
{
    public sealed record Known(Uri Url) : ServiceAddress;

    /// <summary>No service, and what to do about it, in one line.</summary>
    public sealed record Unknown(string Message) : ServiceAddress;

    /// <summary>
    /// What the caller gave wins over the environment, and that over the note <c>.data/service.json</c> that a running service keeps. The note
    /// outlives a service that was killed, so it counts only while its process lives.
    /// </summary>
    /// <param name="given">The option <c>--url</c>, or null.</param>
    /// <param name="environment">The variable <c>KG_URL</c>, or null.</param>
    /// <param name="folders">Where to look for the note: the first folder whose own or whose parents' <c>.data</c> holds one.</param>
    public static ServiceAddress Find(string? given, string? environment, IEnumerable<string> folders)
    {
        var named = string.IsNullOrWhiteSpace(given) ? environment : given;
        if (!string.IsNullOrWhiteSpace(named))
            return Parse(named);

        var note = folders.SelectMany(Ancestors).Select(folder => Path.Combine(folder, ".data", "service.json")).FirstOrDefault(File.Exists);
        return note is null ? NotRunning : FromNote(note);
    }

    private static Unknown NotRunning { get; } = new("no service is running here; start it with ./kg up");

    private static ServiceAddress Parse(string url) =>
        Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Known(uri)
            : new Unknown($"'{url}' is not an http address");

    private static ServiceAddress FromNote(string path)
    {
        try
        {
            var note = JsonNode.Parse(File.ReadAllText(path));
            return note?["pid"] is JsonValue pid && IsRunning(pid.GetValue<int>()) && note["url"] is JsonValue url
                ? Parse(url.GetValue<string>())
                : NotRunning;
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException or FormatException)
        {
            // Half written by a service that is just starting or stopping.
            return NotRunning;
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            yield return current.FullName;
    }
}
