namespace KnowledgeGraph.EventStore.Streams;

/// <summary>An event to be appended. Its id makes the append repeatable: the same ids to the same stream again change nothing.</summary>
/// <param name="Id">The event's own id.</param>
/// <param name="Type">The stored name, snake_case.</param>
/// <param name="DotnetType">What Marten deserialises into: <c>Namespace.Type, Assembly</c>.</param>
/// <param name="Data">The body as JSON text. Kept as jsonb: key order and white space are not, and U+0000 is refused.</param>
public sealed record NewEvent(Guid Id, string Type, string DotnetType, string Data);

/// <summary>A recorded event.</summary>
/// <param name="Sequence">Global position.</param>
/// <param name="Id">The event's own id.</param>
/// <param name="Stream">Key of its stream.</param>
/// <param name="Version">Position in the stream, from 1, without holes.</param>
/// <param name="Type">The stored name.</param>
/// <param name="Body">The body as JSON in UTF-8, as PostgreSQL prints jsonb.</param>
/// <param name="Timestamp">Recorded time.</param>
/// <param name="Headers">A JSON object, or null.</param>
public sealed record StoredEvent(
    long Sequence,
    Guid Id,
    string Stream,
    long Version,
    string Type,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset Timestamp,
    string? CorrelationId,
    string? CausationId,
    string? Headers)
{
    /// <summary>The body as text; made anew at each call.</summary>
    public string Data => System.Text.Encoding.UTF8.GetString(Body.Span);
}

/// <summary>What is known about every event of one append beside its content. The user stands in the headers as <c>user</c>.</summary>
public sealed record EventMetadata(
    string? CorrelationId = null,
    string? CausationId = null,
    string? User = null,
    IReadOnlyDictionary<string, string>? Headers = null)
{
    public static EventMetadata None { get; } = new();
}

/// <summary>The version that a stream must have for an append to take place.</summary>
public abstract record ExpectedVersion
{
    private ExpectedVersion()
    {
    }

    public static ExpectedVersion Any { get; } = new AnyVersion();

    public static ExpectedVersion NoStream { get; } = new ExactVersion(0);

    public static ExpectedVersion Exactly(long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return new ExactVersion(version);
    }

    public sealed record AnyVersion : ExpectedVersion;

    public sealed record ExactVersion(long Version) : ExpectedVersion;
}

/// <summary>What came of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>The events stand in the stream.</summary>
    /// <param name="Version">The version of the last of them.</param>
    /// <param name="Sequence">The sequence of the last of them.</param>
    /// <param name="Repeated">They stood there already from an earlier append of the same ids; nothing was written.</param>
    public sealed record Appended(long Version, long Sequence, bool Repeated) : AppendResult;

    /// <summary>The stream does not have the expected version, or is archived, and nothing was written.</summary>
    /// <param name="Actual">The version it has; 0 where there is no stream.</param>
    /// <param name="Archived">It takes no further events at any version.</param>
    public sealed record VersionConflict(long Actual, bool Archived = false) : AppendResult;
}

/// <summary>Events for one of many streams.</summary>
/// <param name="Stream">Key of the stream.</param>
/// <param name="StreamType">Marten's aggregate type of a stream that this append creates; null for none.</param>
/// <param name="Expected">The version that it must have.</param>
/// <param name="Events">At least one.</param>
public sealed record StreamAppend(string Stream, string? StreamType, ExpectedVersion Expected, IReadOnlyList<NewEvent> Events);

/// <summary>What came of an append to many streams.</summary>
public abstract record BatchResult
{
    private BatchResult()
    {
    }

    /// <summary>All events stand in their streams.</summary>
    /// <param name="Streams">In the order of the call.</param>
    /// <param name="Sequence">The highest sequence among the events.</param>
    public sealed record Appended(IReadOnlyList<AppendedStream> Streams, long Sequence) : BatchResult
    {
        /// <summary>All of them stood there already; nothing was written.</summary>
        public bool Repeated => Streams.All(stream => stream.Repeated);
    }

    /// <summary>Nothing was written.</summary>
    /// <param name="Streams">
    /// All that do not have the version expected of them, or have some of the events already, in the order of the call; else all that are archived.
    /// </param>
    public sealed record VersionConflicts(IReadOnlyList<StreamConflict> Streams) : BatchResult;
}

/// <summary>A stream of an append that took place.</summary>
/// <param name="Stream">Its key.</param>
/// <param name="Version">The version of the last of its events in the call.</param>
/// <param name="Repeated">They stood there already from an earlier append of the same ids.</param>
public sealed record AppendedStream(string Stream, long Version, bool Repeated);

/// <summary>A stream that refused an append.</summary>
/// <param name="Stream">Its key.</param>
/// <param name="Expected">The version expected of it.</param>
/// <param name="Actual">The version it has; 0 where there is no stream.</param>
/// <param name="Archived">It takes no further events at any version.</param>
public sealed record StreamConflict(string Stream, ExpectedVersion Expected, long Actual, bool Archived = false);

/// <summary>Whether a read gives the events of archived streams too.</summary>
public enum ArchivedEvents
{
    Included,
    Excluded,
}
