using System.Text.Json;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Views;

public sealed record RegisteredReport(StoredEvent Stored, ReportRegistered Report);

public sealed record RecordedFact(StoredEvent Stored, string ReportId, Fact Fact);

/// <summary>A stretch of the log, read. An event type that this version does not know is left out: it stops nothing.</summary>
public sealed record EventBatch(IReadOnlyList<RegisteredReport> Reports, IReadOnlyList<RecordedFact> Facts)
{
    public static EventBatch Read(IReadOnlyList<StoredEvent> events)
    {
        var reports = new List<RegisteredReport>();
        var facts = new List<RecordedFact>(events.Count);
        foreach (var stored in events)
        {
            if (EventTypes.Find(stored.Type) is not { } type)
                continue;
            switch (JsonSerializer.Deserialize(stored.Data, type, FactMapping.EventJson))
            {
                case ReportRegistered report:
                    reports.Add(new RegisteredReport(stored, report));
                    break;
                case FactRecorded fact:
                    facts.Add(new RecordedFact(stored, fact.ReportId, FactMapping.ToFact(fact)));
                    break;
                default:
                    throw new InvalidOperationException($"Event {stored.Sequence} of type {stored.Type} folds into no view.");
            }
        }

        return new EventBatch(reports, facts);
    }
}
