using System.Net;

namespace KnowledgeGraph.Cli.Service;

/// <summary>The service answered, and its answer was no. The message is one line for the user.</summary>
public sealed class ServiceFailure : Exception
{
    public ServiceFailure(HttpStatusCode status, string message)
        : base(message) => Status = status;

    public HttpStatusCode Status { get; }
}
