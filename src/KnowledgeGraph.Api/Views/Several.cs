namespace KnowledgeGraph.Api.Views;

/// <summary>Pure work on many things, on all cores and in their order; on a few, where the threads would cost more than they bring, on this one.</summary>
internal static class Several
{
    // So many are handed to a core at once: handing over costs as much as some pieces of work.
    private const int Many = 256;

    public static IEnumerable<TResult> Select<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> work) => items.Count <= Many
        ? items.Select(work)
        : Select(items.Chunk(Many), many: true, part => Array.ConvertAll(part, one => work(one))).SelectMany(part => part);

    public static IEnumerable<TResult> Select<T, TResult>(IEnumerable<T> items, bool many, Func<T, TResult> work) =>
        many ? items.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(work) : items.Select(work);
}
