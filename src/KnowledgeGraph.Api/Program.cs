using KnowledgeGraph.Api;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.Extraction;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(CommandLine.ToSettings(args));
    var options = KnowledgeGraphOptions.From(builder.Configuration);
    var extractor = ReportExtractor.Load(options.VocabularyDirectory);
    await using var database = await DatabaseServer.OpenAsync(options);
    builder.ListenByDefaultOn(KnowledgeGraphOptions.DefaultUrl);
    builder.AddKnowledgeGraph(options, database.ConnectionString, extractor.Extract);
    await using var app = builder.Build();
    app.UseKnowledgeGraph();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (failure is ArgumentException or OptionsValidationException or ClusterException or IOException)
{
    // What the caller can mend; anything else is a bug and keeps its stack.
    await Console.Error.WriteLineAsync($"kg: {failure.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
