using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Roadmaps of chips: a column names the chip, another when it is sampled, made or shipped, or where it stands.</summary>
public static class ChipTableRules
{
    private static readonly string[] Things = ["晶片", "芯片", "型号", "加速卡", "加速器", "处理器", "GPU", "ASIC", "Chip", "Accelerator", "Part", "Processor", "Silicon"];
    private static readonly string[] Makers = ["公司", "厂商", "厂家", "业者", "设计方", "研发方", "Company", "Vendor", "Maker", "Designer"];
    private static readonly string[] Standings = ["状态", "进展", "阶段", "进度", "Status", "Stage", "Progress"];

    // In this order: 量产时程 is of production before it is a time.
    private static readonly (string Stage, string[] Words)[] Stages =
    [
        ("mass-production", ["量产", "投产", "生产", "production", "ramp", "volume"]),
        ("sampling", ["送样", "样品", "样片", "流片", "投片", "sampling", "samples", "tape-out", "tapeout", "taped out"]),
        ("shipping", ["出货", "交付", "供货", "发货", "shipping", "shipment", "shipments", "ships", "delivery", "deliveries"]),
        ("development", ["研发", "在研", "设计", "development", "design"]),
        ("announced", ["发布", "推出", "亮相", "上市", "登场", "时程", "时间", "launch", "announced", "release", "timing", "expected", "due"]),
    ];

    public static IReadOnlyList<TableRule> All { get; } = [new("chip/roadmap-table", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        Column? Find(string[] words, Column? taken = null) => table.Columns.FirstOrDefault(column => column != taken && column.Unit == new HeaderUnit() && TableColumns.ContainsAny(column.Header, words));
        if (Find(Things) is not { } things || table.Columns.Any(column => column.Unit.Currencies.Count > 0))
            yield break;
        var (standing, maker) = (Find(Standings, things), Find(Makers, things));
        var timed = table.Columns.Where(column => column != things && column != standing && column != maker && StageIn(column.Header) is not null).ToList();
        foreach (var row in table.Rows)
        {
            if (Chip(row, things) is not { } chip)
                continue;
            var house = Maker(row, maker, chip);
            foreach (var column in timed)
            {
                if (When(row, column) is var (when, end) && StageIn(row.Text(column)) is var own)
                    yield return Draft(row, chip, house, own ?? StageIn(column.Header)!, when, end, column);
            }

            if (standing is not null && timed.Count == 0 && StageIn(row.Text(standing)) is { } stage)
                yield return When(row, standing) is var (when, end) ? Draft(row, chip, house, stage, when, end, standing) : Draft(row, chip, house, stage, null, null, standing);
        }
    }

    private static FactDraft Draft(TableRow row, Participant chip, Participant? maker, string stage, string? when, DateOnly? end, Column column) =>
        row.Draft("ChipAnnounced", [("chip", chip), ("maker", maker)], [("stage", stage)], column) with
        {
            When = when ?? row.Context.Day,
            Status = end > row.Context.Report.ReportDate ? FactStatus.Announced : FactStatus.Reported,
        };

    private static string? StageIn(string text) => Stages.FirstOrDefault(stage => TableColumns.ContainsAny(text, stage.Words)).Stage;

    private static (string? When, DateOnly? End)? When(TableRow row, Column column)
    {
        // The longest says most: 2027 下半年 is a year as well.
        var longest = ValueParser.Parse(row.Cells[column.Index].Passage, row.Context.Report.Values).Where(value => value is DateValue or PeriodValue).MaxBy(value => value.End - value.Start);
        return longest switch
        {
            DateValue date => (date.Date.Text, date.Date.End),
            PeriodValue period when ChipRules.AsDate(period.Label) is { } label => (label, period.LastDay),
            _ => null,
        };
    }

    private static Participant? Chip(TableRow row, Column things)
    {
        var (text, vocabulary) = (row.Text(things), row.Context.Report.Vocabulary);
        if (vocabulary.MatchWhole(text, EntityKind.Chip) is { } entry)
            return new Participant(EntityKind.Chip, text, [entry.Id]);
        return text.Length is > 1 and <= 40 && text.Any(char.IsLetter) && vocabulary.MatchWhole(text) is null ? Participant.Unknown(EntityKind.Chip, text) : null;
    }

    private static Participant? Maker(TableRow row, Column? column, Participant chip)
    {
        var (name, vocabulary) = (row.Text(column), row.Context.Report.Vocabulary);
        if (name.Length is > 1 and <= 40 && name.Any(char.IsLetter))
            return vocabulary.MatchWhole(name, EntityKind.Company) is { } entry ? new Participant(EntityKind.Company, name, [entry.Id]) : Participant.Unknown(EntityKind.Company, name);
        return chip.Candidates.Count > 0 && vocabulary.Find(chip.Candidates[0])?.Maker is { } maker && vocabulary.Find(maker) is { } company ? new Participant(EntityKind.Company, company.Name, [maker]) : null;
    }
}
