using System.Globalization;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>What stands around a figure, whatever the type of its fact: growth, consensus and the figure before it, its period, how sure it is.</summary>
public static class FigureSurroundings
{
    /// <summary>The period that a figure covers, on the calendar of the company that it is of.</summary>
    /// <param name="context">The sentence.</param>
    /// <param name="company">Whose fiscal year counts; a name without vocabulary entry has the calendar year.</param>
    /// <param name="at">Before which the period stands, as a rule: start of the metric.</param>
    /// <param name="end">End of the figure and its modifiers; a period may follow closely.</param>
    public static ResolvedPeriod? Period(SentenceContext context, Participant company, int at, int end) =>
        (WholeYear(context, company, at, end) ?? SamePeriod(context, company, at, end)) is { } told ? told
            : context.Period(at, end) is { } named
            ? Resolve(context.Report, company, InYearOfBlock(context, company, named)) is var period && !IsOthers(context, named, period) ? period : null
            : context.Report.MainPeriod is { } main && (context.Report.MainCompany is not { } owner ? !main.IsFiscal : owner.MayBe(company)) ? Resolve(context.Report, company, main)
            : Latest(context, company, end);

    // Results of which the text names no period are of the quarter that ended last, where it says that they are results.
    private static ResolvedPeriod? Latest(SentenceContext context, Participant company, int end)
    {
        var report = context.Report;
        if (!report.IsOnResults || report.ReportDate is not { } today || company.Kind != Domain.Entities.EntityKind.Company || context.Status(context.Sentence.Start, end, isFigure: true) != FactStatus.Reported)
            return null;
        var yearEnd = company.Candidates.Count > 0 ? report.Vocabulary.Entry(company.Candidates[0]).FiscalYearEnd : 12;
        foreach (var (year, quarter) in Enumerable.Range(0, 8).Select(back => (today.Year + 1 - (back / 4), 4 - (back % 4))))
        {
            var last = FiscalPeriods.EndOf(year, quarter, yearEnd);
            if (last < today.AddDays(-7))
                return last < today.AddDays(-75) ? null : new ResolvedPeriod(yearEnd == 12 ? $"{year}Q{quarter}" : $"FY{year}Q{quarter}", null, last);
        }

        return null;
    }

    private static readonly string[] WholeYears = ["全年", "本财年", "当前财年", "full year", "full-year", "this fiscal year", "the current fiscal year", "the fiscal year", "whole year"];

    // 全年资本开支指引, full-year capex: the year of which the quarter is a part that the text speaks of.
    private static ResolvedPeriod? WholeYear(SentenceContext context, Participant company, int at, int end)
    {
        var sentence = context.Sentence;
        var clause = ClauseStart(sentence, at);
        if (sentence.Find(WholeYears, clause, end) is not { } cue || sentence.All<PeriodValue>().Any(p => p.End >= clause && p.Start <= end + 12 && IsYear(p)))
            return null;
        var near = context.CarriedPeriod() ?? context.Report.MainPeriod;
        // Without a quarter to go by, what is expected of the full year is of the one that runs.
        if (near is null && company.Candidates.Count > 0 && context.Report.Vocabulary.Entry(company.Candidates[0]).FiscalYearEnd == 12 && context.Report.ReportDate is { } today && context.Status(clause, end, isFigure: true) == FactStatus.Forecast)
            return new ResolvedPeriod(today.Year.ToString(CultureInfo.InvariantCulture), null, new DateOnly(today.Year, 12, 31));
        var quarter = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= cue.Start) ?? near;
        if (quarter is null || Resolve(context.Report, company, quarter) is not { } part || part.Label.IndexOfAny(['Q', 'H']) is not (4 or 6) || part.Label.Contains('/', StringComparison.Ordinal))
            return null;
        var label = part.Label[..part.Label.IndexOfAny(['Q', 'H'])];
        var month = company.Candidates.Count > 0 ? context.Report.Vocabulary.Entry(company.Candidates[0]).FiscalYearEnd : 12;
        return new ResolvedPeriod(label, null, FiscalPeriods.EndOf(int.Parse(label[^4..], CultureInfo.InvariantCulture), 4, label.StartsWith('F') ? month : 12));
    }

    // 群联同期 116.4 亿元: the period of the figure that was told before.
    private static ResolvedPeriod? SamePeriod(SentenceContext context, Participant company, int at, int end)
    {
        var sentence = context.Sentence;
        var from = Clauses.Start(sentence, at);
        if (sentence.Find(["同期", "同月", "同季", "the same month", "the same quarter"], from, end) is not { } cue || sentence.Contains(["去年", "上年", "前年", "前一年", "一年前", "历年", "历史", "last year", "year"], from, Math.Min(sentence.End, cue.End + 6)) || sentence.All<PeriodValue>().Any(p => p.Start >= from && p.End <= end))
            return null;
        var told = context.AndEarlier.Take(4).Select(here => here.Sentence.All<PeriodValue>().LastOrDefault(p => (here != context || p.End <= cue.Start) && !here.Sentence.Annotations.Any(a => a is Growth or Consensus or Previous && Covers(a, p)))).FirstOrDefault(p => p is not null);
        return told is null ? null : Resolve(context.Report, company, told);
    }

    private static bool IsYear(PeriodValue period) => period.Label.Length is 4 or 6;

    // A period still to come that an earlier sentence named for what it expected is not that of what this one measured.
    private static bool IsOthers(SentenceContext context, PeriodValue named, ResolvedPeriod period) =>
        !context.Sentence.All<PeriodValue>().Contains(named) && context.Report.ReportDate is { } today && IsAhead(period, today)
        && context.Sentence.Contains(["已", "已经", "reached", "already", "has"], context.Sentence.Start, context.Sentence.End) && context.Status(context.Sentence.Start, context.Sentence.End, isFigure: true) == FactStatus.Reported;

    public static ResolvedPeriod Resolve(ReportContext report, Participant company, PeriodValue period)
    {
        var entry = company.Candidates.Count > 0 ? report.Vocabulary.Entry(company.Candidates[0]) : null;
        return FiscalPeriods.Resolve(InMainYear(report, entry?.FiscalYearEnd ?? 12, period), entry?.FiscalYearEnd ?? 12, report.ReportDate);
    }

    // 博通会计年度 2026 年第二季…第三季营收展望: what the sentences before counted by the fiscal year goes on so.
    private static PeriodValue InYearOfBlock(SentenceContext context, Participant company, PeriodValue period)
    {
        if (period is not { IsYearImplied: true, IsFiscal: false, IsByMonth: false, Label: [_, _, _, _, 'Q', var quarter] } || company.Candidates.Count == 0 || context.Report.Vocabulary.Entry(company.Candidates[0]).FiscalYearEnd == 12)
            return period;
        var told = context.AndEarlier.SelectMany(here => here.Sentence.All<PeriodValue>().Reverse()).FirstOrDefault(p => p.IsFiscal && p.Label is ['F', 'Y', _, _, _, _, 'Q', _] && (p.Start < period.Start || !context.Sentence.All<PeriodValue>().Contains(p)));
        return told is null ? period : InYear(period, told.Label, quarter);
    }

    // For Q3, in a note on a company's FY27 Q2, is the quarter after it.
    private static PeriodValue InMainYear(ReportContext report, int yearEnd, PeriodValue period)
    {
        if (yearEnd == 12 || period is not { IsYearImplied: true, IsFiscal: false, IsByMonth: false, Label: [_, _, _, _, 'Q', var quarter] } || report.MainPeriod is not { IsFiscal: true, Label: ['F', 'Y', .. var year, 'Q', var main] })
            return period;
        return InYear(period, $"FY{year}Q{main}", quarter);
    }

    // The quarter of a number at or after a fiscal quarter.
    private static PeriodValue InYear(PeriodValue period, string told, char quarter) =>
        period with { Label = $"FY{int.Parse(told[2..6], CultureInfo.InvariantCulture) + (quarter < told[^1] ? 1 : 0)}Q{quarter}", IsFiscal = true, IsYearImplied = false, LastDay = null };

    /// <summary>A period that has not ended is expected, whatever the words; an expectation some figures earlier still holds for such a period.</summary>
    public static FactStatus Status(SentenceContext context, int from, int to, ResolvedPeriod? period)
    {
        var status = context.Status(from, to, isFigure: true);
        if (status == FactStatus.Reported && IsStillExpected(context, from, to))
            status = FactStatus.Forecast;
        var isAhead = period is not null && context.Report.ReportDate is { } today && IsAhead(period, today);
        return isAhead && status is FactStatus.Reported or FactStatus.Rumored or FactStatus.Announced && isAhead ? FactStatus.Forecast : status;
    }

    // 我们料 4Q25 收入 1,952 亿元，纯利 645 亿元: the expectation reaches the second figure as long as no other period comes between.
    private static bool IsStillExpected(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var clause = sentence.Start;
        foreach (var at in sentence.Annotations.Where(a => a is MoneyValue or PercentValue && a.End <= from).Select(a => a.Start))
        {
            if (context.Status(clause, at, isFigure: true) == FactStatus.Forecast)
                return !sentence.All<PeriodValue>().Any(p => p.Start >= at && p.End <= to) && sentence.Slice(at, Math.Max(from, to)).IndexOfAny(['。', ';']) < 0;
        }

        return false;
    }

    /// <summary>The currency of an amount that names none: that of the amount before it in the sentence which does (人民币 1,952 亿元，纯利 645 亿元).</summary>
    public static string Currency(Sentence sentence, MoneyValue money) =>
        money.CurrencyStated ? money.Currency : sentence.All<MoneyValue>().LastOrDefault(m => m.CurrencyStated && m.End <= money.Start)?.Currency ?? money.Currency;

    // What is said of the month in which the report was written has been measured in it; a quarter's figure comes out after its end.
    private static bool IsAhead(ResolvedPeriod period, DateOnly today) =>
        period.LastDay is { } last && (period.Label is [_, _, _, _, '-', >= '0' and <= '1', _] ? new DateOnly(last.Year, last.Month, 1) > today : last > today);

    /// <summary>What qualifies a figure: everything behind it up to the next metric or the next figure of its own, and growth between metric and figure.</summary>
    public static IReadOnlyList<Annotation> Modifiers(Sentence sentence, Annotation metric, Annotation figure)
    {
        // Before the figure: its growth, and the figure that it replaces (由 370 亿元调高至 434 亿元).
        var found = sentence.Annotations.Where(a => a is Growth or Previous && a.Start >= metric.End && a.End <= Math.Max(metric.End, figure.Start)).ToList();
        if (figure is Growth own)
            found.Add(own);
        foreach (var next in sentence.Annotations.Where(a => a.Start >= Math.Max(figure.End, metric.End)))
        {
            if (next is Mention { Kind: "metric" } other && !sentence.Annotations.Any(a => a is Growth or Consensus or Previous && Covers(a, other)))
                break;
            if (sentence.Slice(figure.End, Math.Max(figure.End, next.Start)).Contains(';', StringComparison.Ordinal) && sentence.Annotations.Any(a => a is Name or Mention { Kind: "company" } && a.Start >= figure.End && a.End <= next.Start))
                break;
            if (next is Growth or Consensus or Previous)
                found.Add(next);
            // 收入 93.27 亿美元，+16.2%
            else if (next is PercentValue { IsSigned: true, IsPoints: false } bare && bare.Start - figure.End <= 2 && !sentence.All<Growth>().Any(g => Covers(g, bare)))
                found.Add(new Growth(bare.Start, bare.End, GrowthBasis.Unstated, bare.Percent, bare.Bound));
            else if (IsFigureOfItsOwn(sentence, next, figure) && !found.Exists(f => Covers(f, next)) && !IsDistance(sentence, next))
                break;
        }

        return found;
    }

    /// <summary>Where the stretch begins in which a word of expectation speaks of this figure: behind the figure, or the semicolon, before it.</summary>
    public static int ClauseStart(Sentence sentence, int at) =>
        Math.Max(at == sentence.Start ? at : sentence.Passage.Text.LastIndexOf(';', at - 1, at - sentence.Start) + 1, FigureBefore(sentence, at));

    private static int FigureBefore(Sentence sentence, int at) =>
        sentence.Annotations.Where(a => a is MoneyValue or PercentValue or QuantityValue { Unit: not ("days" or "weeks" or "months" or "quarters" or "years") } && a.End <= at).Select(a => a.End).DefaultIfEmpty(sentence.Start).Max();

    public static bool Covers(Annotation outer, Annotation inner) => outer.Start <= inner.Start && inner.End <= outer.End;

    // four cents shy of the Street's $0.65: how far off the figure is.
    private static bool IsDistance(Sentence sentence, Annotation next) =>
        sentence.Find(["shy of", "short of", "above", "below", "ahead of", "better than", "more than", "less than", "over"], next.End, Math.Min(sentence.End, next.End + 12)) is { } cue && cue.Start - next.End <= 1;

    private static bool IsFigureOfItsOwn(Sentence sentence, Annotation next, Annotation figure) =>
        next is MoneyValue or QuantityValue && next.Start >= figure.End && (next is MoneyValue || figure is not MoneyValue)
        && !sentence.Annotations.Any(a => a is Consensus or Previous or OwnEstimate && Covers(a, next));
}
