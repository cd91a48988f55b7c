using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>
/// Drafts of things that happen, as opposed to figures: a month is when they do, not what they cover, and a bare month of something still to
/// come is the next one.
/// </summary>
internal static class EventDraft
{
    public static FactDraft Event(this SentenceContext context, string type, int start, int end, (string Role, Participant? Who)[] roles, (string Name, JsonNode? Value)[] values)
    {
        var draft = context.Draft(type, start, end, roles, values);
        var date = Date(context, start, end);
        return draft with { When = date is null ? draft.When : Text(context, date, draft.Status) };
    }

    /// <summary>The date as a fact records it, moved on a year where it lacks one and lies behind though the fact lies ahead.</summary>
    public static string Text(SentenceContext context, DateValue date, FactStatus status)
    {
        var text = date.Date.Text;
        var printed = context.Sentence.Slice(date);
        var isAhead = status is FactStatus.Announced or FactStatus.Forecast or FactStatus.Rumored;
        var isBare = !printed.Any(c => c is '年' or '昨' or '今' or '日' or '前' or '上') && !printed.Contains("20", StringComparison.Ordinal) && printed.Any(c => c is '月' or '季' || char.IsAsciiLetter(c));
        return isAhead && isBare && !date.Date.IsDay && context.Report.ReportDate is { } day && date.Date.End < day && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? (year + 1).ToString(CultureInfo.InvariantCulture) + text[4..] : text;
    }

    /// <summary>Whether a day lies behind the report's: what it is given for has not happened yet.</summary>
    public static bool IsAhead(SentenceContext context, string? when) =>
        context.Report.ReportDate is { } today && DateOnly.TryParseExact(when, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > today;

    /// <summary>The date of a clause, a month included; a longer period that holds it is none.</summary>
    public static bool IsDate(Sentence sentence, DateValue date) => SentenceContext.IsHappening(sentence, date)
        || (!date.Date.IsDay && !sentence.All<PeriodValue>().Any(period => period.Start <= date.Start && date.End <= period.End && period.Length > date.Length));

    private static DateValue? Date(SentenceContext context, int start, int end)
    {
        var sentence = context.Sentence;
        var dates = sentence.All<DateValue>().Where(date => IsDate(sentence, date)).ToList();
        return dates.LastOrDefault(date => date.End <= start) ?? dates.FirstOrDefault(date => date.Start >= start && date.Start <= end + 24 && sentence.Slice(Math.Min(end, date.Start), date.Start).IndexOf(';', StringComparison.Ordinal) < 0);
    }
}
