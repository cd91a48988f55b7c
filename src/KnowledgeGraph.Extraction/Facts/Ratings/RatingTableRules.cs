using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>Ratings in tables: of the house itself, or of the broker that a column names.</summary>
public static class RatingTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("rating/table-row", Rows)];

    /// <summary>The broker that a row names, or null where the table has no such column.</summary>
    public static Participant? House(TableRow row)
    {
        if (row.Context.Column(ColumnRole.Broker) is not { } column || row.Text(column) is not { Length: > 0 } name)
            return null;
        var entry = row.Context.Report.Vocabulary.MatchWhole(name, EntityKind.Publisher) ?? row.Context.Report.Vocabulary.MatchWhole(name, EntityKind.Company);
        return entry is null ? Participant.Unknown(EntityKind.Publisher, name) : new Participant(entry.Kind, name, [entry.Id]);
    }

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        if (table.Column(ColumnRole.Rating) is not { } column)
            yield break;
        foreach (var row in table.Rows)
        {
            var text = row.Text(column);
            if (text.Length == 0 || IsNone(text) || (House(row) ?? table.Report.Publisher) is not { } broker || row.Subject(EntityKind.Company) is not { Kind: EntityKind.Company } subject)
                continue;
            var (rating, action) = Split(text, table.Report);
            var before = table.FormerColumn(ColumnRole.Rating);
            action ??= Said(row) ?? (before is null ? null : RatingScale.Action(row.Text(before), rating, table.Report.Vocabulary));
            yield return row.Draft("RatingIssued", [("broker", broker), ("subject", subject)], [("rating", rating), ("action", action)], column, before);
        }
    }

    // A column of its own for what was done: 调整, Action.
    private static string? Said(TableRow row) =>
        row.Context.Columns.Where(column => TableColumns.ContainsAny(column.Header, Actions)).Select(column => row.Context.Report.Vocabulary.MatchWhole(row.Text(column), "rating-action")?.Value).OfType<string>().FirstOrDefault();

    private static readonly string[] Actions = ["变动", "调整", "变化", "动作", "方向", "Action", "Change"];

    // No rating is none: 未评级, NR, a dash.
    private static bool IsNone(string text) => text.All(c => c is '-' or '–' or '—' or '/') || None.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] None = ["未评级", "未评等", "无评级", "无评等", "暂无评级", "无", "NR", "N/R", "N.R.", "Not rated", "Unrated", "N/A", "NA", "暂停评级", "Suspended", "未覆盖", "不予评级", "未予评级", "Not covered", "NC", "暂未评级", "无覆盖"];

    private static readonly string[] From = ["from", "previously", "was", "prev.", "此前", "前值", "前次", "原为", "原", "前", "由"];

    /// <summary>买入（首次） -> 买入, initiate.</summary>
    public static (string Rating, string? Action) Split(string text, ReportContext report)
    {
        var open = text.IndexOfAny(['(', '·', '/']);
        var rating = (open > 0 ? text[..open] : text).Trim();
        var rest = open > 0 ? text[open..].Trim('(', ')', '·', '/', ' ') : "";
        var former = Array.Find(From, word => rest.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return (rating, rest.Length == 0 ? null : former is not null ? RatingScale.Action(rest[former.Length..].Trim(' ', ':'), rating, report.Vocabulary) : report.Vocabulary.MatchWhole(rest, "rating-action")?.Value);
    }
}
