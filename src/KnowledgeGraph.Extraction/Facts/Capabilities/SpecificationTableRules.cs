using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Tables that set chips side by side: a name, then columns whose header gives a unit of memory, bandwidth or computing power.</summary>
public static class SpecificationTableRules
{
    private static readonly string[] Things = ["型号", "芯片", "晶片", "处理器", "产品", "平台", "加速卡", "加速器", "GPU", "Chip", "Model", "Accelerator", "Part", "Product"];

    private static readonly string[] Bandwidth = ["带宽", "频宽", "bandwidth"];

    // As headers write it and as the contract calls it.
    private static readonly (string Form, string Unit)[] Units =
    [
        ("TB/s", "TB/s"), ("GB/s", "GB/s"), ("Tb/s", "Tb/s"), ("Gb/s", "Gb/s"), ("PFLOPS", "petaflops"), ("EFLOPS", "exaflops"), ("TFLOPS", "teraflops"), ("TOPS", "TOPS"), ("GB", "GB"), ("TB", "TB"),
    ];

    public static IReadOnlyList<TableRule> All { get; } = [new("capability/specification-table", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext context)
    {
        var figures = context.Columns.Select(column => (Column: column, Unit: UnitOf(column))).Where(figure => figure.Unit is not null || IsSpecified(figure.Column)).ToList();
        if (figures.Count == 0 || (context.Table.IsTurned ? context.Columns[0] : context.Columns.FirstOrDefault(column => Things.Any(word => column.Header.Contains(word, StringComparison.OrdinalIgnoreCase)))) is not { } things || UnitOf(things) is not null)
            yield break;
        foreach (var row in context.Rows)
        {
            if (Subject(context, row.Text(things)) is not { } subject)
                continue;
            foreach (var (column, unit) in figures)
            {
                if (unit is not null && row.Number(column) is { } value)
                    yield return Draft(row, subject, column, value, unit);
                else if (unit is null && InCell(row, column) is { } figure)
                    yield return Draft(row, subject, column, figure.Amount, figure.Unit);
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

    private static readonly string[] Specified = ["带宽", "频宽", "算力", "性能", "bandwidth", "compute", "performance"];

    // 记忆体 | HBM4E 1,024GB: the cells bring their units.
    private static bool IsSpecified(Column column) => SpecificationRules.IsMemory(column.Header) || Specified.Any(word => column.Header.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static QuantityValue? InCell(TableRow row, Column column) =>
        ValueParser.Parse(row.Cells[column.Index].Passage, row.Context.Report.Values).OfType<QuantityValue>().Where(value => Array.Exists(Units, unit => unit.Unit == value.Unit)).ToList() is [var only] ? only : null;

    private static Participant? Subject(TableContext context, string name)
    {
        if (context.Report.Vocabulary.MatchWhole(name) is { } entry)
            return entry.Kind is EntityKind.Chip or EntityKind.Product ? new Participant(entry.Kind, name, [entry.Id]) : null;
        return name.Length is > 1 and <= 40 && name.Any(char.IsLetter) ? Participant.Unknown(EntityKind.Chip, name) : null;
    }
}
