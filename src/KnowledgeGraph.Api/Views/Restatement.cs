namespace KnowledgeGraph.Api.Views;

/// <summary>
/// Rows of a view that say what other rows come to: from the state at each sequence at which one of them opened or closed, the rows to close and
/// to open. Where the state stays the same nothing is written.
/// </summary>
internal static class Restatement
{
    /// <param name="touched">The sequences, rising, at which something changed for a key.</param>
    /// <param name="before">The state that stands open for a key; absent where there is none.</param>
    /// <param name="next">The state of a key at a sequence, from the one before it; null for none.</param>
    public static Restated<TKey, TState> Of<TKey, TState>(
        IEnumerable<KeyValuePair<TKey, List<long>>> touched, IReadOnlyDictionary<TKey, TState> before, Func<TKey, long, TState?, TState?> next)
        where TKey : notnull
        where TState : class, IEquatable<TState>
    {
        var (closed, opened) = (new List<(TKey, long)>(), new List<(TKey Key, TState State, long From, long To)>());
        foreach (var (key, sequences) in touched)
        {
            var (state, isWritten) = (before.GetValueOrDefault(key), true);
            foreach (var sequence in sequences)
            {
                var changed = next(key, sequence, state);
                if (Equals(changed, state))
                    continue;
                if (state is not null && isWritten)
                    closed.Add((key, sequence));
                else if (state is not null)
                    opened[^1] = opened[^1] with { To = sequence };
                if (changed is not null)
                    opened.Add((key, changed, sequence, long.MaxValue));
                (state, isWritten) = (changed, false);
            }
        }

        return new Restated<TKey, TState>(closed, opened);
    }
}

/// <param name="Closed">Open rows that end, and where.</param>
/// <param name="Opened">Rows to write; those that end within the step have their end.</param>
internal sealed record Restated<TKey, TState>(List<(TKey Key, long To)> Closed, List<(TKey Key, TState State, long From, long To)> Opened);
