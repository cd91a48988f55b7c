namespace KnowledgeGraph.Cli.Tests;

/// <summary>One run of the command line inside the test's process.</summary>
public sealed record Run(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<Run> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.Build().Parse(arguments).InvokeAsync(new() { Output = output, Error = error });
        return new Run(exitCode, output.ToString(), error.ToString());
    }
}
