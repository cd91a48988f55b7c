using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Events.Upcasters;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Views;

public sealed record RegisteredReport(StoredEvent Stored, ReportRegistered Report);

public sealed record RecordedFact(StoredEvent Stored, string ReportId, Fact Fact);

public sealed record RecordedDecision(StoredEvent Stored, Decision Decision);

/// <summary>
/// A stretch of the log, read: recordings, which may be folded together, and the decision that ends them, if one does. An event type that
/// this version does not know is left out: it stops nothing.
/// </summary>
public sealed record EventBatch(IReadOnlyList<RegisteredReport> Reports, IReadOnlyList<RecordedFact> Facts, RecordedDecision? Decision)
{
    public static IEnumerable<EventBatch> Read(IReadOnlyList<StoredEvent> events)
    {
        var reports = new List<RegisteredReport>();
        var facts = new List<RecordedFact>(events.Count);
        foreach (var one in Several.Select(events, Read))
        {
            switch (one)
            {
                case RegisteredReport report:
                    reports.Add(report);
                    break;
                case RecordedFact fact:
                    facts.Add(fact);
                    break;
                case RecordedDecision decision:
                    yield return new EventBatch(reports, facts, decision);
                    (reports, facts) = ([], []);
                    break;
            }
        }

        yield return new EventBatch(reports, facts, null);
    }

    private static object? Read(StoredEvent stored) => EventReading.Present.Read(stored.Type, stored.Body.Span) switch
    {
        null => null,
        ReportRegistered report => new RegisteredReport(stored, report),
        FactRecorded fact => new RecordedFact(stored, fact.ReportId, FactMapping.ToFact(fact)),
        Decision decision => new RecordedDecision(stored, decision),
        _ => throw new InvalidOperationException($"Event {stored.Sequence} of type {stored.Type} folds into no view."),
    };
}
