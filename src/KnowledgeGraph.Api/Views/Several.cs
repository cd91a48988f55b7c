namespace KnowledgeGraph.Api.Views;

/// <summary>Pure work on many things, on all cores and in their order; on a few, where the threads would cost more than they bring, on this one.</summary>
internal static class Several
{
    private const int Many = 256;

    public static IEnumerable<TResult> Select<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> work) => Select(items, items.Count > Many, work);

    public static IEnumerable<TResult> Select<T, TResult>(IEnumerable<T> items, bool many, Func<T, TResult> work) =>
        many ? items.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(work) : items.Select(work);
}
