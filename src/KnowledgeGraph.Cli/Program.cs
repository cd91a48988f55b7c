using KnowledgeGraph.Cli;

return await CommandLine.Build().Parse(args).InvokeAsync();
