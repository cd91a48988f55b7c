using System.CommandLine;
using KnowledgeGraph.Cli.Commands;

namespace KnowledgeGraph.Cli;

/// <summary>The commands of <c>kg</c> that the script at the root hands on.</summary>
public static class CommandLine
{
    public static RootCommand Build() => new("An event-sourced knowledge graph of facts on the AI industry.")
    {
        ExplainCommand.Build(),
        ExtractCommand.Build(),
        EvalCommand.Build(),
        IngestCommand.Build(),
        ReplayCommand.Build(),
        TimelineCommand.Build(),
    };
}
