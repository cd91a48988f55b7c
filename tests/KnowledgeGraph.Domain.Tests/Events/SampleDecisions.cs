using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Domain.Tests.Events;

/// <summary>One decision of each kind.</summary>
public static class SampleDecisions
{
    private const string Author = "li.na";
    private static readonly Guid Id = new("0f8fad5b-d9cb-869f-a165-70867728950e");
    private static readonly EntityId Nvidia = new(EntityKind.Company, "nvidia");
    private static readonly EntityId Other = new(EntityKind.Company, "輝達");

    public static IReadOnlyList<Decision> All { get; } =
    [
        new FactRetracted { FactId = Id, Author = Author, Reason = "看错了表格的一行" },
        new FactCorrected
        {
            FactId = Id,
            When = "2026-05-21",
            Status = "announced",
            Values = new Dictionary<string, JsonNode> { ["amount"] = JsonValue.Create(82000000000.50m), ["currency"] = JsonValue.Create("USD") },
            ValueStates = new Dictionary<string, string> { ["yoyPercent"] = FactCorrection.SomeValue },
            Roles = new Dictionary<string, IReadOnlyList<Entity>> { ["company"] = [new Entity { Id = Nvidia, Name = "英伟达" }] },
            Author = Author,
            Reason = "公司公告",
        },
        new FactConfirmed { FactId = Id, Author = Author, Reason = "公司公告" },
        new FactDenied { FactId = Id, Author = Author, Reason = "公司否认" },
        new EntitiesMerged { Entity = Other, Into = Nvidia, Author = Author, Reason = "同一家公司" },
        new EntitiesSplit { Entity = Other, From = Nvidia, Author = Author, Reason = "并非同一家" },
        new AliasAdded { Entity = Nvidia, Alias = "老黄家", Author = Author, Reason = "俗称" },
        new PublisherHidden { Publisher = new EntityId(EntityKind.Publisher, "某证券"), Author = Author, Reason = "转载" },
        new CurationUndone { EventId = Id, Author = Author, Reason = "误会" },
    ];
}
