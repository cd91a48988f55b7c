using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;

namespace KnowledgeGraph.Api.Curation;

/// <summary>A decision that may be recorded, or what stands against it; one of the two.</summary>
internal sealed record Verdict(Decision? Decision, Problem? Refusal)
{
    public static implicit operator Verdict(Decision decision) => new(decision, null);

    /// <summary>The request can never be right.</summary>
    public static Verdict Invalid(string detail, string field) => new(null, Problems.InvalidParameter.With(detail, field));

    /// <summary>The request does not fit what holds now.</summary>
    public static Verdict Conflict(string detail, string field) => new(null, Problems.CurationConflict.With(detail, field));
}

/// <summary>A request that is well formed: where its decision is to stand, and what comes of it under what holds at a moment.</summary>
internal sealed record Draft(string Stream, Func<Moment, Task<Verdict>> Decide)
{
    /// <summary>Set where the request is not well formed; then nothing else is.</summary>
    public Problem? Refusal { get; private init; }

    public static Draft Refused(Problem problem) => new("", _ => throw new InvalidOperationException("A refused draft decides nothing.")) { Refusal = problem };

    public static Draft Invalid(string detail, string field) => Refused(Problems.InvalidParameter.With(detail, field));

    public static Draft Missing(string field) => Refused(Problems.InvalidParameter.With($"'{field}' is required.", field));
}
