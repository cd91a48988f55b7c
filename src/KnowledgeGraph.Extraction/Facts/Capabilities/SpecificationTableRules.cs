using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Tables that set chips side by side: a name, then columns whose header gives a unit of memory, bandwidth or computing power.</summary>
public static class SpecificationTableRules
{
    private static readonly string[] Things = ["型号", "芯片", "产品", "加速卡", "加速器", "GPU", "Chip", "Model", "Accelerator", "Part", "Product"];

    private static readonly string[] Bandwidth = ["带宽", "频宽", "bandwidth"];

    // As headers write it and as the contract calls it.
    private static readonly (string Form, string Unit)[] Units =
    [
        ("TB/s", "TB/s"), ("GB/s", "GB/s"), ("Tb/s", "Tb/s"), ("Gb/s", "Gb/s"), ("PFLOPS", "petaflops"), ("EFLOPS", "exaflops"), ("TFLOPS", "teraflops"), ("TOPS", "TOPS"), ("GB", "GB"), ("TB", "TB"),
    ];

    public static IReadOnlyList<TableRule> All { get; } = [new("capability/specification-table", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext context)
    {
        var figures = context.Columns.Select(column => (Column: column, Unit: UnitOf(column))).Where(figure => figure.Unit is not null).ToList();
        if (figures.Count == 0 || (context.Table.IsTurned ? context.Columns[0] : context.Columns.FirstOrDefault(column => Things.Any(word => column.Header.Contains(word, StringComparison.OrdinalIgnoreCase)))) is not { } things || UnitOf(things) is not null)
            yield break;
        foreach (var row in context.Rows)
        {
            if (Subject(context, row.Text(things)) is not { } subject)
                continue;
            foreach (var (column, unit) in figures)
            {
                if (row.Number(column) is { } value)
                    yield return Draft(row, subject, column, value, unit!);
            }
        }
    }

    private static FactDraft Draft(TableRow row, Participant subject, Column column, decimal value, string unit) =>
        row.Draft(
            "CapabilityReported", [("subject", subject)],
            [("metric", unit is "GB" or "TB" ? "memory" : "other"), ("value", JsonValue.Create(value)), ("unit", unit)], column) with
        {
            When = row.Context.Day,
        };

    // A figure of memory needs the word, one per second or of computing power is nothing else.
    private static string? UnitOf(Column column)
    {
        var unit = Units.FirstOrDefault(unit => column.Header.Contains(unit.Form, StringComparison.Ordinal)).Unit;
        var isMemory = !Bandwidth.Any(word => column.Header.Contains(word, StringComparison.OrdinalIgnoreCase)) && SpecificationRules.IsMemory(column.Header);
        return unit is "GB" or "TB" && !isMemory ? null : unit;
    }

    private static Participant? Subject(TableContext context, string name)
    {
        if (context.Report.Vocabulary.MatchWhole(name) is { } entry)
            return entry.Kind is EntityKind.Chip or EntityKind.Product ? new Participant(entry.Kind, name, [entry.Id]) : null;
        return name.Length is > 1 and <= 40 && name.Any(char.IsLetter) ? Participant.Unknown(EntityKind.Chip, name) : null;
    }
}
