namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>The embedded server cannot be had; the message says why and where to look.</summary>
public sealed class ClusterException : Exception
{
    public ClusterException()
    {
    }

    public ClusterException(string message)
        : base(message)
    {
    }

    public ClusterException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
