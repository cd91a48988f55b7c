using System.Globalization;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>How English notes quote a share: finished the day at P, off 0.9%; NVDA ended Wednesday up 3%; X (XXXX.O, Overweight, $158.40); up 44% against 21% for the index.</summary>
public static class EnglishQuoteRules
{
    private static readonly string[] TickerVerbs = ["closed", "fell", "rose", "dropped", "gained", "jumped", "slid", "ended", "surged", "climbed", "lost", "added", "finished", "traded", "slipped", "tumbled", "sank", "rallied", "soared", "advanced", "eased", "popped", "was up", "was down", "is up", "is down", "shed", "gave up", "plunged", "settled", "opened", "declined", "leapt", "spiked"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("en/price/ticker-move", Seq(Ann<Name>("ticker", name => PriceMoveRules.IsTicker(name.Text)), Gap(14, "。;,.(").As("aside"), Lit(TickerVerbs), Gap(26, "。;,"), Ann<PercentValue>("percent", p => !p.IsPoints)), TickerMove),
        new("en/price/ended-at", Seq(Lit("closed", "ended", "finished", "settled", "closed out", "opened"), Opt(Lit("the day", "the session", "the week", "trading", "regular trading")), Opt(Lit("on", "in New York on")), Opt(Ann<DateValue>()), Opt(Lit("'s session", "’s session", "'s trading")), Opt(Lit("flat", "unchanged", "little changed").As("flat")), Opt(Lit("in Seoul", "in Tokyo", "in Taipei", "in Hong Kong", "in Shanghai", "in Shenzhen", "in Amsterdam", "in Frankfurt", "in Paris", "in London", "in New York")), Lit("at"), Ann<MoneyValue>("price", m => m.Per is null && m.High is null && m.Amount < 10_000_000m)), PriceMoveRules.LastQuote),
        new("en/price/close-of", Seq(Alt(Lit("close of", "closing price of", "last price of", "share price of", "closing level of", "last close of", "current price of"), Seq(Lit("close"), Opt(Lit("on", "of")), Ann<DateValue>(), Lit("of", "at"))), Ann<MoneyValue>("price", m => m.Per is null && m.High is null && m.Amount < 10_000_000m)), PriceMoveRules.LastQuote),
        new("en/price/bracketed-quote", Seq(Ann<Mention>("subject", m => m.Kind == EntityKind.Company), Lit("("), Gap(12, "。;,()"), Lit(","), Opt(Ann<Mention>("rating", m => m.Kind == "rating"), Lit(",")), Opt(Lit("last", "close", "closed at", "price")), Ann<MoneyValue>("price", m => m.Per is null && m.High is null && m.Amount < 10_000_000m), Lit(")", ",")), BracketedQuote),
        new("en/price/against-index", Seq(Lit("versus", "against", "vs", "vs.", "compared with", "compared to", "while", "and"), Opt(Lit("a", "an", "the")), Ann<PercentValue>("percent", p => !p.IsPoints), Opt(Lit("gain", "rise", "advance", "return", "drop", "fall", "loss", "decline").As("noun")), Lit("for", "in", "by", "from"), Opt(Lit("the")), Ann<Mention>("subject", m => m.Kind == EntityKind.Index)), AgainstIndex),
    ];

    // In running text a bare ticker is too easily a word; before a verb of the market it is one.
    private static IEnumerable<FactDraft> TickerMove(PatternMatch match, SentenceContext context)
    {
        var ticker = match.Get<Name>("ticker");
        var percent = match.Get<PercentValue>("percent");
        if (context.Report.Vocabulary.MatchWhole(ticker.Text, EntityKind.Company) is not { } entry || context.Sentence.Within<Mention>(ticker.End, match.End).Any(m => m.Kind is "metric" or EntityKind.Company or EntityKind.Index))
            yield break;
        var isFall = context.Sentence.Contains(["fell", "dropped", "slid", "lost", "lower", "down"], ticker.End, Math.Min(context.Sentence.End, match.End + 8));
        var (period, when) = PricePeriods.Of(context, match.Start, match.End);
        yield return context.Draft("PriceChanged", match.Start, match.End, [("subject", new Participant(entry.Kind, ticker.Text, [entry.Id]))],
            [("instrument", "share"), ("period", period), ("changePercent", isFall ? -Math.Abs(percent.Percent) : percent.Percent), ("bound", percent.Bound.Word())]) with
        {
            When = when,
            Consumes = [context.Source(percent)],
        };
    }

    // Positive for X (XXXX.O, Overweight, $158.40): behind code and rating, the price at which it was last quoted.
    private static IEnumerable<FactDraft> BracketedQuote(PatternMatch match, SentenceContext context)
    {
        var (subject, price) = (match.Get<Mention>("subject"), match.Get<MoneyValue>("price"));
        var sentence = context.Sentence;
        var code = sentence.Passage.Text.IndexOf('(', subject.End) is var open ? sentence.Slice(open + 1, sentence.Passage.Text.IndexOf(',', open)).Trim() : "";
        if (code.Length == 0 || !code.Any(char.IsAsciiLetterUpper) || code.Any(char.IsAsciiLetterLower) || sentence.Contains(["target", "TP", "PT"], subject.End, match.End))
            yield break;
        yield return context.Draft("PriceChanged", subject.Start, price.End, [("subject", Participant.Of(subject, sentence))], [("instrument", "share"), ("price", price.Amount), ("currency", price.Currency)]) with
        {
            When = context.Report.MarketDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? context.Report.Metadata.Date?.Text,
            Status = FactStatus.Reported,
            Attribution = [],
            Consumes = [context.Source(price)],
        };
    }

    // It had gained 44% this year, versus 21% for the Philadelphia Semiconductor Index: what the share's move is set against.
    private static IEnumerable<FactDraft> AgainstIndex(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (subject, percent) = (match.Get<Mention>("subject"), match.Get<PercentValue>("percent"));
        var before = sentence.All<PercentValue>().LastOrDefault(p => p.End <= match.Start && !p.IsPoints);
        if (before is null || !sentence.All<Growth>().Any(g => g.Start <= before.Start && before.End <= g.End) || sentence.Within<Mention>(sentence.Start, match.Start).Any(m => m.Kind == "metric"))
            yield break;
        var noun = match.Find<Span>("noun");
        var isFall = noun is not null ? sentence.Contains(["drop", "fall", "loss", "decline"], noun.Start, noun.End) : sentence.All<Growth>().Any(g => g.Start <= before.Start && before.End <= g.End && g.Percent < 0);
        var (period, when) = PricePeriods.Of(context, sentence.Start, match.End);
        yield return context.Draft("PriceChanged", percent.Start, match.End, [("subject", Participant.Of(subject, sentence))],
            [("instrument", "index"), ("period", period), ("changePercent", isFall ? -Math.Abs(percent.Percent) : percent.Percent), ("bound", percent.Bound.Word())]) with
        {
            When = when,
            Consumes = [context.Source(percent)],
        };
    }
}
