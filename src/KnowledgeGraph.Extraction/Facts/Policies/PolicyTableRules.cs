using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Policies;

/// <summary>Tables of documents: who issued what and when, one document a row.</summary>
public static class PolicyTableRules
{
    private static readonly string[] Issuers = ["机构", "部门", "单位", "主体", "机关", "发文", "地区", "Issuer", "Authority", "Agency", "Regulator", "Body", "Jurisdiction", "Country"];
    private static readonly string[] Titles = ["文件", "政策", "法规", "规定", "名称", "文号", "法案", "Document", "Policy", "Title", "Measure", "Rule", "Bill", "Act", "Instrument"];
    private static readonly string[] Days = ["日期", "时间", "发布日", "Date", "Day", "Issued", "Published"];

    public static IReadOnlyList<TableRule> All { get; } = [new("policy/table", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        Column? Headed(string[] words, params Column?[] not) => table.Columns.FirstOrDefault(column => !not.Contains(column) && TableColumns.ContainsAny(column.Header, words));
        var day = Headed(Days);
        var title = Headed(Titles, day);
        var issuer = Headed(Issuers, day, title);
        if (day is null || title is null || issuer is null)
            yield break;
        foreach (var row in table.Rows)
        {
            var when = ValueParser.Parse(Passage.Plain(row.Text(day)), table.Report.Values).OfType<DateValue>().FirstOrDefault();
            var name = PolicyTitles.OfCell(row.Text(title));
            var issuers = row.Text(issuer).Split(['、', '/', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (when is null || name is null || issuers.Length == 0 || !issuers.All(text => Authorities.IsOne(table.Report, text)))
                continue;
            var who = issuers.Select(text => table.Report.Vocabulary.MatchWhole(text, EntityKind.Organisation) is { } known ? new Participant(EntityKind.Organisation, text, [known.Id]) : Participant.Unknown(EntityKind.Organisation, text)).ToList();
            var draft = row.Draft("PolicyIssued", [("issuer", who[0])], [("title", name), ("jurisdiction", Authorities.Jurisdiction(table.Report, who[0]))], day);
            yield return draft with { When = when.Date.Text, Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["issuer"] = who } };
        }
    }
}
