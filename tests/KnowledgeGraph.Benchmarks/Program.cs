using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using KnowledgeGraph.Benchmarks;
using KnowledgeGraph.Benchmarks.Graph;
using KnowledgeGraph.Benchmarks.Rebuilds;
using KnowledgeGraph.Benchmarks.Store;
using Perfolizer.Horology;

if (args is ["store", .. var arguments])
{
    await StoreBenchmarks.RunAsync(arguments);
    return;
}

if (args is ["graph", .. var sizes])
{
    await GraphBenchmark.RunAsync(sizes);
    return;
}

if (args is ["rebuild", .. var lengths])
{
    await RebuildBenchmark.RunAsync(lengths);
    return;
}

// In this process: the benchmarks look for the project's files upwards of the program.
BenchmarkSwitcher.FromTypes([typeof(ExtractionBenchmarks)]).Run(
    args,
    DefaultConfig.Instance
        .AddJob(Job.Default.WithWarmupCount(1).WithIterationCount(7).WithIterationTime(TimeInterval.FromMilliseconds(60)).WithEvaluateOverhead(false).WithToolchain(InProcessEmitToolchain.Instance))
        .AddColumn(new ThroughputColumn(), StatisticColumn.Median, StatisticColumn.Min)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "knowledge-graph-benchmarks")));
