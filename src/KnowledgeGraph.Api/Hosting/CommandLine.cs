using System.Globalization;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>The arguments of <c>kg up</c> as settings: <c>--no-seeds</c>, <c>--port N</c>, and any setting as <c>--Name=value</c>.</summary>
public static class CommandLine
{
    /// <exception cref="ArgumentException">An argument that is none of these; the message names it.</exception>
    public static string[] ToSettings(string[] arguments)
    {
        var settings = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (name == "--no-seeds" && value is null)
                settings.Add("--KnowledgeGraph:SeedsEnabled=false");
            else if (name == "--port")
                settings.Add($"--urls=http://127.0.0.1:{Port(value ?? (++i < arguments.Length ? arguments[i] : ""))}");
            else if (name.StartsWith("--", StringComparison.Ordinal) && value is not null)
                settings.Add(arguments[i]);
            else
                throw new ArgumentException($"there is no argument '{arguments[i]}'; there are --no-seeds and --port N", nameof(arguments));
        }

        return [.. settings];
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static ushort Port(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        ? port
        : throw new ArgumentException($"--port takes a number of 0 to 65535, not '{text}'", nameof(text));
}
