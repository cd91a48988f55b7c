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
        foreach (var stored in events)
        {
            switch (EventReading.Present.Read(stored.Type, stored.Data))
            {
                case null:
                    break;
                case ReportRegistered report:
                    reports.Add(new RegisteredReport(stored, report));
                    break;
                case FactRecorded fact:
                    facts.Add(new RecordedFact(stored, fact.ReportId, FactMapping.ToFact(fact)));
                    break;
                case Decision decision:
                    yield return new EventBatch(reports, facts, new RecordedDecision(stored, decision));
                    (reports, facts) = ([], []);
                    break;
                default:
                    throw new InvalidOperationException($"Event {stored.Sequence} of type {stored.Type} folds into no view.");
            }
        }

        yield return new EventBatch(reports, facts, null);
    }
}
