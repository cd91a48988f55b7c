using System.Collections.Concurrent;

namespace KnowledgeGraph.Api.Views;

/// <summary>Pure work on many things, on all cores and in their order; on a few, where the threads would cost more than they bring, on this one.</summary>
internal static class Several
{
    // So many are handed to a core at once: handing over costs as much as some pieces of work.
    private const int Many = 256;

    public static IReadOnlyList<TResult> Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> work)
    {
        var results = new TResult[items.Count];
        if (items.Count <= Many)
            Fill(0, items.Count);
        else
            Parallel.ForEach(Partitioner.Create(0, items.Count, Many), part => Fill(part.Item1, part.Item2));
        return results;

        void Fill(int first, int end)
        {
            for (var i = first; i < end; i++)
                results[i] = work(items[i]);
        }
    }

    public static IEnumerable<TResult> Select<T, TResult>(IEnumerable<T> items, bool many, Func<T, TResult> work) =>
        many ? items.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(work) : items.Select(work);
}
