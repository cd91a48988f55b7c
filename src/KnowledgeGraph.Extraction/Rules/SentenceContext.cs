using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Values;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>What every rule may know of the report as a whole.</summary>
public sealed record ReportContext(Document Document, ReportMetadata Metadata, VocabularyIndex Vocabulary, ValueContext Values)
{
    public DateOnly? ReportDate => Values.ReportDate;

    /// <summary>The quarter of which the report speaks most, or null.</summary>
    public PeriodValue? MainPeriod { get; init; }

    /// <summary>Its title, or a heading near its start, says that it is about results.</summary>
    public bool IsOnResults { get; init; }

    /// <summary>What the report's names are: models, products or chips.</summary>
    public NameKinds Kinds { get; init; } = NameKinds.None;

    /// <summary>When companies published the figures of which the report speaks.</summary>
    public Publications Publications { get; init; } = Publications.None;

    /// <summary>The one company that the report is on, where its title and most of its text name one; else null.</summary>
    public Participant? MainCompany { get; init; }

    /// <summary>The trading day of which a daily speaks: its own date, or the one before where it came out in the morning or says so; null for others.</summary>
    public DateOnly? MarketDay { get; init; }

    /// <summary>The publishing house as a participant: who rates, forecasts and sets targets in its own tables.</summary>
    public Participant? Publisher { get; init; }
}

/// <summary>What stands over a block: the company, date and source that its lead-in, its parent item or its headings name.</summary>
public sealed record BlockTopic(Participant? Company, DateValue? Date, PeriodValue? Period, IReadOnlyList<Source> Sources)
{
    public static BlockTopic None { get; } = new(null, null, null, []);

    /// <summary>The metric that the heading or the lead-in names (7 月营收：), where it names one only.</summary>
    public Mention? Metric { get; init; }

    /// <summary>The part of the company that the lead-in of the item or a short heading names (云计算：).</summary>
    public string? Part { get; init; }

    /// <summary>The model, product or chip that the parent item or the heading above names, where it names one only.</summary>
    public Participant? Thing { get; init; }
}

/// <summary>
/// One sentence in its surroundings: answers the questions that all rules ask (whose figure, when, which period, how sure, who says so)
/// in one way. Positions are offsets into the sentence's passage.
/// </summary>
public sealed class SentenceContext(ReportContext report, Sentence sentence, BlockTopic topic, SentenceContext? previous)
{
    private static readonly string[] Oblique =
    [
        "较", "比", "与", "和", "同", "跟", "向", "对", "从", "由", "据", "来自", "超过", "低于", "高于", "对比", "竞争对手", "给予", "相比", "搭载", "采用", "底层为", "基于", "底座为", "接入", "参考", "除", "对手", "优于",
        "than", "from", "to", "versus", "vs", "against", "with", "over", "by", "for",
    ];

    private ValueTuple<Participant?>? carriedCompany;
    private ValueTuple<PeriodValue?>? carriedPeriod;
    private ValueTuple<DateValue?>? carriedDate;
    private IReadOnlyList<string>? speakers;

    public ReportContext Report => report;

    public Sentence Sentence => sentence;

    public BlockTopic Topic => topic;

    public SentenceContext? Previous => previous;

    /// <summary>The sentences before this one, the nearest first.</summary>
    public IEnumerable<SentenceContext> Earlier
    {
        get
        {
            for (var before = previous; before is not null; before = before.Previous)
                yield return before;
        }
    }

    /// <summary>This sentence and the ones before it, the nearest first.</summary>
    public IEnumerable<SentenceContext> AndEarlier => Earlier.Prepend(this);

    /// <summary>The company that the sentence speaks of at a position: the nearest before it that is not compared with or addressed, else the topic carried over.</summary>
    public Participant? Company(int at) => CompanyMention(at) is { } mention ? Participant.Of(mention, sentence) : CarriedCompany();

    public Mention? CompanyMention(int at) => sentence.All<Mention>().Where(IsCompany).LastOrDefault(mention => mention.End <= at && !IsOblique(mention));

    /// <summary>Who the text went on about before this sentence.</summary>
    public Participant? CarriedCompany()
    {
        if (carriedCompany is { } known)
            return known.Item1;
        var carried = topic.Company ?? report.MainCompany;
        foreach (var before in Earlier)
        {
            if (!before.SpeaksOfItself && before.OwnCompany is { } own)
            {
                carried = own;
                break;
            }

            // What was carried to that sentence came past it to this one.
            if (before.carriedCompany is { } told)
            {
                carried = told.Item1;
                break;
            }
        }

        carriedCompany = ValueTuple.Create(carried);
        return carried;
    }

    // 公司 2023 年由原华为的…创立: whoever else it names, it is told of the one told of before.
    private bool SpeaksOfItself => (topic.Company ?? report.MainCompany) is not null && (sentence.Text.StartsWith("公司", StringComparison.Ordinal) || sentence.Text.StartsWith("本公司", StringComparison.Ordinal));

    // Microsoft. Last Wednesday the company signed…: in a note on one company the name that heads a paragraph is whom it deals with.
    private bool IsRunIn => report.MainCompany is { } main && BlockTopics.IsRunIn(sentence, main);

    private Participant? OwnCompany => IsRunIn ? null : sentence.All<Mention>().FirstOrDefault(mention => IsCompany(mention) && !IsOblique(mention)) is { } mention ? Participant.Of(mention, sentence) : null;

    // … at a 43.1% margin in the second quarter: the one period of a sentence is that of all its figures, where it is over and has none of its own behind it.
    private PeriodValue? OnlyPast(List<PeriodValue> periods, int end) =>
        periods.Count == 1 && IsAccounting(periods[0]) && periods[0].LastDay is { } last && last <= report.ReportDate && periods[0].Start >= end && sentence.Slice(end, periods[0].Start).IndexOf(';', StringComparison.Ordinal) < 0 && !sentence.Annotations.Any(a => a is MoneyValue or PercentValue && a.Start >= periods[0].End) ? periods[0] : null;

    private PeriodValue? OwnPeriod => Periods(sentence).LastOrDefault(IsAccounting);

    private DateValue? OwnDate => sentence.All<DateValue>().LastOrDefault(date => IsHappening(sentence, date) && !(IsToday(sentence, date) && topic.Date is not null));

    public bool IsOblique(Annotation mention)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, mention.Start - 6), mention.Start).TrimEnd();
        return Oblique.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (!char.IsAsciiLetter(word[0]) || before.Length == word.Length || !char.IsAsciiLetter(before[^(word.Length + 1)])));
    }

    /// <summary>The period that a figure at a position belongs to: named before it, else right after it, else carried over.</summary>
    public PeriodValue? Period(int at, int end)
    {
        var periods = Periods(sentence);
        var named = periods.LastOrDefault(period => period.End <= at)
            ?? periods.FirstOrDefault(period => period.Start >= at && period.Start <= end + 12 && sentence.Slice(Math.Min(end, period.Start), period.Start).IndexOfAny([',', ';']) < 0)
            ?? OnlyPast(periods, end);
        // 本季度 is the quarter that the report is about, not the one in which it was written.
        return named is not null && IsThis(named) ? CarriedPeriod() ?? report.MainPeriod ?? Reported(named) : named ?? CarriedPeriod();
    }

    // A quarter or a year goes without saying for what follows; a month or a week would be said again.
    private static bool IsAccounting(PeriodValue period) => period.Label.Length == 4 || period.Label.Contains('Q', StringComparison.Ordinal) || period.Label.Contains('H', StringComparison.Ordinal) || period.Label.StartsWith("FY", StringComparison.Ordinal) || period.Label.EndsWith('M');

    // The periods that figures are of: not those that they are compared with (较上季度增长), and of two names of one period
    // (FY2027Q1（对应 2026 年 1 季度）) the company's own.
    public static List<PeriodValue> Periods(Sentence sentence)
    {
        var periods = sentence.All<PeriodValue>().Where(period => !sentence.Annotations.Any(a => a is Growth or Consensus or Rules.Previous && a.Start <= period.Start && period.End <= a.End) && !IsComparedWith(sentence, period)).ToList();
        for (var i = 0; i + 1 < periods.Count; i++)
        {
            var between = periods[i].End <= periods[i + 1].Start ? sentence.Slice(periods[i].End, periods[i + 1].Start) : ",";
            if (periods[i].IsFiscal != periods[i + 1].IsFiscal && between.Length <= 6 && between.IndexOfAny([',', ';', '、']) < 0 && between.Contains('(', StringComparison.Ordinal))
                (periods[i], periods[i + 1]) = periods[i].IsFiscal ? (periods[i], periods[i] with { Start = periods[i + 1].Start, End = periods[i + 1].End }) : (periods[i + 1] with { Start = periods[i].Start, End = periods[i].End }, periods[i + 1]);
        }

        return periods;
    }

    // 比前一季少 0.3 个百分点 · 较上季的 55% · up from $240bn at year-end
    private static bool IsComparedWith(Sentence sentence, PeriodValue period)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, period.Start - 3), period.Start).TrimEnd(' ', '前', '上');
        // 18% from the April quarter · than in the June quarter
        if (sentence.Slice(Math.Max(sentence.Start, period.Start - 12), period.Start) is var wide && (wide.EndsWith("from the ", StringComparison.Ordinal) || wide.EndsWith("than in the ", StringComparison.Ordinal) || wide.EndsWith("than the ", StringComparison.Ordinal)))
            return true;
        return before is [.., '比' or '较'] || (sentence.Contains(["year-end", "year end"], period.Start, period.End) && sentence.All<Rules.Previous>().Any(p => p.End <= period.Start && period.Start - p.End <= 5));
    }

    // Of a quarter that is still running nothing has been reported: whoever measured 本季度 means the one before it; whoever expects means it.
    private PeriodValue Reported(PeriodValue quarter)
    {
        if (quarter.Label is not [_, _, _, _, 'Q', _] || quarter.LastDay is not { } last || report.ReportDate is not { } today || last <= today || Status(sentence.Start, sentence.End, isFigure: true) == FactStatus.Forecast)
            return quarter;
        var before = new DateOnly(last.Year, last.Month, 1).AddMonths(-2).AddDays(-1);
        return quarter with { Label = $"{before.Year}Q{before.Month / 3}", LastDay = before };
    }

    private bool IsThis(PeriodValue period) => sentence.Contains(["本季度", "本季", "当季", "该季度", "单季", "该季", "this quarter", "the quarter"], period.Start, period.End);

    public PeriodValue? CarriedPeriod()
    {
        if (carriedPeriod is { } known)
            return known.Item1;
        // The week of a heading is that of its prices, no quarter of accounts.
        var carried = topic.Period?.Label.Contains('/', StringComparison.Ordinal) == true ? null : topic.Period;
        foreach (var before in Earlier)
        {
            if (before.OwnPeriod is { } own)
            {
                carried = own;
                break;
            }

            // What was carried to that sentence came past it to this one.
            if (before.carriedPeriod is { } told)
            {
                carried = told.Item1;
                break;
            }
        }

        carriedPeriod = ValueTuple.Create(carried);
        return carried;
    }

    /// <summary>When what stands between two positions happened: the nearest date before it, else right after it, else the block's.</summary>
    public string? When(int start, int end)
    {
        // 今日 of a news item is the day of its dateline, not of the report.
        var dates = sentence.All<DateValue>().Where(date => IsHappening(sentence, date) && !(IsToday(sentence, date) && CarriedDate() is not null)).ToList();
        var best = dates.LastOrDefault(date => date.End <= start)
            // What a semicolon parts is other news.
            ?? dates.FirstOrDefault(date => date.Start >= start && date.Start <= end + 24 && sentence.Slice(Math.Min(end, date.Start), date.Start).IndexOf(';', StringComparison.Ordinal) < 0)
            ?? CarriedDate();
        return best?.Date.Text;
    }

    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "ModelReleased", "ProductLaunched", "ChipAnnounced", "AvailabilityChanged", "DealAnnounced", "FundingRaised", "ListingChanged", "PolicyIssued", "PersonMoved",
    };

    // 今年 2 月，X 上线后 · 自 4 月以来，Y 发布了 Z: a month of which no figure stands before the event is the event's.
    private string? MonthBefore(int start)
    {
        if (sentence.All<DateValue>().LastOrDefault(date => date.End <= start) is not { Date: { IsDay: false } month } date || IsHappening(sentence, date) || start - date.End > 24 || date.Date.Text.Length != 7)
            return null;
        var isOther = sentence.Annotations.Any(a => a is MoneyValue or PercentValue or QuantityValue or Mention { Kind: "metric" } && a.Start >= date.End && a.End <= start)
            || sentence.Contains(["截至", "截止", "到", "至", "比", "较", "by", "until", "than"], Math.Max(sentence.Start, date.Start - 3), date.Start);
        return isOther ? null : month.Text;
    }

    /// <summary>The date that the sentences before were about, else the block's own.</summary>
    public DateValue? CarriedDate()
    {
        if (carriedDate is { } known)
            return known.Item1;
        var carried = topic.Date;
        foreach (var before in Earlier)
        {
            if (before.OwnDate is { } own)
            {
                carried = own;
                break;
            }

            // What was carried to that sentence came past it to this one.
            if (before.carriedDate is { } told)
            {
                carried = told.Item1;
                break;
            }
        }

        carriedDate = ValueTuple.Create(carried);
        return carried;
    }

    private static bool IsToday(Sentence sentence, DateValue date) => sentence.Contains(["今日", "今天", "当日", "当天", "昨日", "昨天", "明日", "明天", "today", "yesterday", "tomorrow"], date.Start, date.End);

    /// <summary>A date at which something happens; 2026 年一季度 or 6.29-7.3 is what a figure covers.</summary>
    public static bool IsHappening(Sentence sentence, DateValue date) =>
        !IsEndOfPeriod(sentence, date) && !sentence.All<PeriodValue>().Any(period => period.Start <= date.Start && date.End <= period.End && (period.Length > date.Length || !date.Date.IsDay || period.Label.Contains('/', StringComparison.Ordinal)));

    // 第二季(截至 5/3)财报: the last day of a period named before the bracket.
    private static bool IsEndOfPeriod(Sentence sentence, DateValue date) =>
        sentence.Slice(Math.Max(sentence.Start, date.Start - 6), date.Start).TrimEnd() is var before && new[] { "(截至", "(截止", "(截止至", "(至", "(ended", "(ending" }.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    public FactStatus Status(int from, int to, bool isFigure) =>
        Qualifiers.Status(sentence, from, to, isFigure, isHedged: sentence.All<Source>().Any(source => source.IsUnnamed && (source.Start < to || char.IsAsciiLetter(source.Name.Trim()[0]))) || topic.Sources.Any(source => source.IsUnnamed));

    /// <summary>The sources that speak at a position, outermost first: the dateline, the closing bracket, the voice of the sentence.</summary>
    public IReadOnlyList<string> Attribution() =>
        [.. topic.Sources.Concat(sentence.All<Source>()).Select(source => source.Name).Concat(Speakers).Distinct(StringComparer.Ordinal)];

    private IReadOnlyList<string> Speakers => speakers ??= [.. Qualifiers.Speakers(sentence)];

    /// <summary>A draft whose evidence is a span of this sentence; status, date and attribution as the sentence has them unless set afterwards.</summary>
    public FactDraft Draft(string type, int start, int end, (string Role, Participant? Who)[] roles, (string Name, JsonNode? Value)[] values)
    {
        var (from, to) = sentence.Passage.Source(start, end);
        var when = (Events.Contains(type) ? MonthBefore(start) : null) ?? When(start, end);
        var status = Status(start, end, isFigure: false);
        return new FactDraft
        {
            Type = type,
            Roles = roles.Where(role => role.Who is not null).ToDictionary(role => role.Role, role => (IReadOnlyList<Participant>)[role.Who!], StringComparer.Ordinal),
            Values = values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Name == "metric" ? Word(value.Value!) : value.Value, StringComparer.Ordinal),
            When = when,
            // A price that holds from a day to come has been announced.
            Status = type == "PriceChanged" && status == FactStatus.Reported && when is { Length: 10 } && report.ReportDate is { } today && string.CompareOrdinal(when, today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) > 0 ? FactStatus.Announced : status,
            Attribution = type == "PriceChanged" ? [.. Attribution().Union(SourceLines.UnderChart(sentence, report))] : Attribution(),
            Start = from,
            End = to,
        };
    }

    // What the vocabulary tells apart the contract may call by one word (net margin, EBITDA: other).
    private JsonNode Word(JsonNode metric) => report.Vocabulary.Find($"metric/{metric}") is { } entry && entry.Value != metric.ToString() ? JsonValue.Create(entry.Value) : metric;

    /// <summary>The figure's span in the document, for <see cref="FactDraft.Consumes"/>.</summary>
    public (int Start, int End) Source(Annotation annotation) => sentence.Passage.Source(annotation.Start, annotation.End);

    private static bool IsCompany(Mention mention) => mention.Kind is EntityKind.Company;
}
