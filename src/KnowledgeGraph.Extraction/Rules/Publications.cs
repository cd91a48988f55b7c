using System.Globalization;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// On which day a company published its figures, as the report tells it in one place for all of them (printed June-quarter numbers last night; 4 月 24 日披露一季报):
/// what stands elsewhere without a day of its own, in a table as in the text, is of that day.
/// </summary>
public sealed class Publications
{
    private static readonly string[] Published = ["公布", "公告", "披露", "发布", "缴出", "出炉", "reported", "reports", "printed", "posted", "published", "released", "announced", "results", "numbers", "earnings", "beat"];

    private static readonly string[] Results = ["财报", "业绩", "季报", "年报", "中报", "年度报告", "季度报告", "中期报告", "interim report", "quarterly report", "annual report", "results", "numbers", "earnings", "beat", "after the bell", "the close"];

    private static readonly string[] Accounts = ["营收", "收入", "获利", "净利", "纯益", "revenue", "sales", "profit"];

    private static readonly string[] Ahead = ["将", "预定", "will", "due", "expected", "ahead of"];

    // 广达同日公布: the day on which the one before it did.
    private static readonly string[] SameDay = ["同日", "同一天", "也在同日", "the same day", "同步公布"];

    // Names that reported after Wednesday's close; 依公司 8 月 10 日公告整理: said of all that follow.
    private static readonly string[] Everybody = ["公告整理", "公告汇总", "公司公告编制", "names reported", "companies reported", "all reported"];

    // Figures come out within this many days of the end of what they cover.
    private const int Latest = 125;

    private readonly Dictionary<string, List<(DateOnly Day, DateOnly? Covered)>> days = new(StringComparer.Ordinal);
    private DateOnly? last;

    public static Publications None { get; } = new();

    public static Publications Of(ReportContext context, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var found = new Publications();
        for (var index = 0; index < blocks.Count; index++)
        {
            BlockTopic? topic = null;
            foreach (var sentence in blocks[index]?.Sentences ?? [])
            {
                if (found.last is { } day && sentence.Contains(SameDay, sentence.Start, sentence.End) && sentence.Contains(Published, sentence.Start, sentence.End) && sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company) is { } other)
                    found.Add(Participant.Of(other, sentence), day, Covered(sentence));
                if (sentence.All<DateValue>().Any(date => date.Date.IsDay) && sentence.Contains(Published, sentence.Start, sentence.End) && IsOfAccounts(sentence))
                    found.Add(context, new SentenceContext(context, sentence, topic ??= BlockTopics.Of(index, blocks, context), null));
            }
        }

        return found;
    }

    // 公布 8 月合并营收: an account with its period; else only a word for results as a whole.
    private static bool IsOfAccounts(Sentence sentence) =>
        sentence.Contains(Results, sentence.Start, sentence.End) || sentence.Contains(Everybody, sentence.Start, sentence.End) || (Covered(sentence) is not null && sentence.Contains(Accounts, sentence.Start, sentence.End));

    private static DateOnly? Covered(Sentence sentence) => sentence.All<PeriodValue>().FirstOrDefault(period => period is { IsFiscal: false, LastDay: not null } && !period.Label.Contains('/', StringComparison.Ordinal))?.LastDay;

    /// <summary>The day on which a company's figures of a period came out, or null where the report does not say.</summary>
    /// <param name="company">Whose figures.</param>
    /// <param name="lastDay">Last day of the period, or null for what is expected: the latest publication then.</param>
    public string? Day(Participant company, DateOnly? lastDay)
    {
        var known = Keys(company).Append(All.Name).Select(days.GetValueOrDefault).FirstOrDefault(list => list is not null) ?? [];
        // What was published of one period says nothing of another's figures.
        var fitting = known.Where(at => lastDay is not { } closing || (at.Day > closing && at.Day.DayNumber - closing.DayNumber <= Latest && (at.Covered is not { } covered || covered == closing))).Select(at => at.Day).ToList();
        // What the papers told on the day after came out the day before.
        var own = fitting.Where(day => !fitting.Exists(earlier => day.DayNumber - earlier.DayNumber is 1 or 2)).ToList();
        return own.Count == 0 ? null : (lastDay is null ? own.Max() : own.Min()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private void Add(ReportContext context, SentenceContext sentence)
    {
        var text = sentence.Sentence;
        foreach (var date in text.All<DateValue>().Where(date => date.Date.IsDay && SentenceContext.IsHappening(text, date) && !(context.ReportDate is { } today && date.Date.Start > today)))
        {
            var clause = text.Find(Published, Math.Max(text.Start, date.Start - 60), Math.Min(text.End, date.End + 24));
            if (clause is null || text.Contains(Ahead, Math.Max(text.Start, date.Start - 6), Math.Min(text.End, date.End + 8)))
                continue;
            last = date.Date.Start;
            if (sentence.Company(Math.Max(date.End, clause.Value.End)) is { } company)
                Add(company, date.Date.Start, Covered(text));
            else if (text.Contains(Everybody, text.Start, text.End))
                Add(All, date.Date.Start, Covered(text));
        }
    }

    private void Add(Participant company, DateOnly day, DateOnly? covered)
    {
        foreach (var key in Keys(company))
        {
            if (!days.TryGetValue(key, out var known))
                days[key] = known = [];
            known.Add((day, covered));
        }
    }

    private static readonly Participant All = Participant.Unknown(EntityKind.Company, "");

    // A name that the report introduces is known by its name as well.
    private static IEnumerable<string> Keys(Participant company) => company.Candidates.Take(1).Append(company.Name);
}
