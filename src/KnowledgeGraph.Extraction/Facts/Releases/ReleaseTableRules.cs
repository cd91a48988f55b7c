using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// Tables of new models: a column names the model, others its maker, the day, its size, the licence, the context. A release where the table
/// has a column of days or calls itself one of releases; a mere comparison of models is none.
/// </summary>
public static class ReleaseTableRules
{
    private static readonly string[] Models = ["模型", "Model"];
    private static readonly string[] Makers = ["公司", "厂商", "厂家", "开发商", "机构", "开发者", "研发方", "发布方", "企业", "团队", "实验室", "Company", "Developer", "Lab", "Vendor", "Maker"];
    private static readonly string[] Days = ["发布日", "发布日期", "发布时间", "上线日", "上线时间", "开源时间", "日期", "时间", "Date", "Released", "Release date", "Launched", "Out", "Launch", "Available", "首发"];
    private static readonly string[] Sizes = ["参数", "规模", "总量", "Parameters", "Params", "Size"];
    private static readonly string[] Active = ["激活", "活跃", "Active"];
    private static readonly string[] Contexts = ["上下文", "窗口", "Context"];
    private static readonly string[] Terms = ["许可", "协议", "授权", "开源", "License", "Licence", "Weights", "Availability"];
    private static readonly string[] Releasing = ["发布", "新模型", "上新", "新品", "开源", "release", "launch", "new model", "new models"];

    private static readonly string[] Closed = ["闭源", "未开源", "不开源", "否", "closed", "proprietary", "API", "商用"];
    private static readonly string[] Open = ["开源", "开放", "是", "open", "Apache", "MIT", "GPL", "BSD", "CC BY"];

    public static IReadOnlyList<TableRule> All { get; } = [new("release/table", Rows)];

    private sealed record Columns(Column Model, Column? Maker, Column? Day, Column? Size, Column? Active, Column? Context, Column? Terms);

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        if (Read(table) is not { } columns)
            yield break;
        foreach (var row in table.Rows)
        {
            if (Model(row, columns) is not { } model)
                continue;
            yield return Release(row, columns, model);
            if (row.Number(columns.Context) is >= 1_000 and var window)
                yield return row.Draft("CapabilityReported", [("subject", model)], [("metric", "context-window"), ("value", JsonValue.Create(window)), ("unit", "tokens")], columns.Context) with { When = null };
        }
    }

    private static Columns? Read(TableContext table)
    {
        Column? Find(string[] words, params Column?[] taken) => table.Columns.FirstOrDefault(column => !taken.Contains(column) && column.Unit.Currency is null && TableColumns.ContainsAny(column.Header, words));
        var day = Find(Days);
        var (context, active) = (Find(Contexts), Find(Active));
        var size = Find(Sizes, context, active);
        var terms = Find(Terms, day);
        var model = Find(Models, day, size, active, context, terms);
        var maker = Find(Makers, model, day);
        var isOfReleases = day is not null || (TableColumns.ContainsAny(Titles(table), Releasing) && (maker ?? terms ?? size) is not null);
        return model is null || (day is null && table.Columns.Any(column => column.Unit.Currencies.Count > 0)) || !isOfReleases || (maker ?? terms ?? size ?? context) is null ? null : new Columns(model, maker, day, size, active, context, terms);
    }

    private static string Titles(TableContext table) =>
        table.Caption + " " + (table.Block.Heading < 0 ? "" : table.Report.Document.Blocks[table.Block.Heading].Passage.Text);

    private static FactDraft Release(TableRow row, Columns columns, Participant model)
    {
        var (total, active) = Size(row, columns);
        var terms = row.Text(columns.Terms);
        var day = columns.Day is { } column ? ValueParser.Parse(row.Cells[column.Index].Passage, row.Context.Report.Values).OfType<DateValue>().FirstOrDefault() : null;
        return row.Draft(
            "ModelReleased", [("model", model), ("developer", Maker(row, columns, model))],
            [("stage", Stage(terms)), ("parameters", total), ("activeParameters", active), ("license", Licenses.In(terms))], columns.Size, columns.Active) with
        {
            When = day?.Date.Text ?? row.Context.Day,
            Status = day?.Date.Start > row.Context.Report.ReportDate ? FactStatus.Announced : FactStatus.Reported,
        };
    }

    private static string Stage(string terms) =>
        TableColumns.ContainsAny(terms, ["预览", "preview", "内测", "测试版", "beta"]) ? "preview" : TableColumns.ContainsAny(terms, Closed) ? "release" : TableColumns.ContainsAny(terms, Open) ? "open-source" : "release";

    // 8B, 700亿; 671B (激活 37B) and 235B-A22B give both in one cell.
    private static (JsonNode? Total, JsonNode? Active) Size(TableRow row, Columns columns)
    {
        var sizes = columns.Size is { } column ? ValueParser.Parse(row.Cells[column.Index].Passage, row.Context.Report.Values).Select(Amount).OfType<decimal>().Where(size => size >= 1_000_000).ToList() : [];
        var active = row.Number(columns.Active) ?? (sizes.Count > 1 ? sizes[1] : null);
        return (sizes.Count > 0 ? JsonValue.Create(sizes[0]) : null, active is >= 1_000_000 ? JsonValue.Create(active.Value) : null);
    }

    private static decimal? Amount(Annotation value) => value switch
    {
        QuantityValue quantity => quantity.Amount,
        NumberValue number => number.Amount,
        _ => null,
    };

    private static Participant? Model(TableRow row, Columns columns)
    {
        var (text, passage) = (row.Text(columns.Model), row.Cells[columns.Model.Index].Passage);
        if (text.Length is 0 or > 48 || !text.Any(char.IsLetter) || ValueParser.ParseCell(text, row.Context.Report.Values) is not null)
            return null;
        var name = NameFinder.Find(passage, row.Context.Report.Vocabulary.Find(passage)).FirstOrDefault(name => name.Start <= 1);
        return name is null ? Participant.Unknown(EntityKind.Model, text)
            : name.Kind is null or EntityKind.Model ? new Participant(EntityKind.Model, name.Text, name.Candidates)
            : null;
    }

    private static Participant? Maker(TableRow row, Columns columns, Participant model)
    {
        var (name, vocabulary) = (row.Text(columns.Maker), row.Context.Report.Vocabulary);
        if (name.Length is > 0 and <= 40 && name.Any(char.IsLetter))
            return vocabulary.MatchWhole(name, EntityKind.Company) is { } entry ? new Participant(entry.Kind, name, [entry.Id]) : Participant.Unknown(EntityKind.Company, name);
        var id = model.Candidates.Count > 0 ? model.Candidates[0] : vocabulary.FamilyOf(model.Name, EntityKind.Model)?.Id;
        return id is not null && vocabulary.Find(id)?.Maker is { } maker && vocabulary.Find(maker) is { } company ? new Participant(EntityKind.Company, company.Name, [maker]) : null;
    }
}
