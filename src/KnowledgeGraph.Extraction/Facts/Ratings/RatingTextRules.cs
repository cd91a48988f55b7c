using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>Ratings in running text: 维持“买入”评级, upgraded to Overweight, Buy (unchanged).</summary>
public static class RatingTextRules
{
    private static readonly string[] Nouns = ["评级", "评等", "投资评级", "投资建议", "rating", "rated", "stance"];

    // What the rating was before is no fact of this report.
    private static readonly string[] Former = ["由", "从", "自", "原", "from", "previously", "was"];

    private static readonly Pattern Rating = Ann<Mention>("rating", m => m.Kind == TermKind.Rating);

    private static readonly Pattern Action = Ann<Mention>("action", m => m.Kind == TermKind.RatingAction);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("rating/action-rating", Seq(Action, Gap(22, "。;"), Rating), Build),
        new("rating/rating-action", Seq(Rating, Opt(Lit("」", "”", "』")), Opt(Lit("评级", "评等", "rating")), Opt(Lit("(", "-", ",")), Opt(Lit("评级", "评等", "rating")), Action), Build),
        new("rating/bracketed", Seq(Ann<Mention>("company", m => m.Kind == "company"), Lit("("), Opt(Gap(12, "。;)"), Lit(",")), Rating, Alt(Lit(")"), Lit(","), Lit("/"))), Bracketed),
        new("rating/given", Seq(Lit("给予", "给与", "首予", "予", "给出", "授予", "评级为", "评级至", "评级是", "评级:", "评等:", "投资建议:", "投资建议为", "rating:", "stance:", "stance is", "stance remains", "view:", "rates", "rate", "rated", "assigns", "with a", "with an", "our", "a", "an"), Gap(14, "。;,"), Rating), Given),
    ];

    private static IEnumerable<FactDraft> Given(PatternMatch match, SentenceContext context) =>
        HasNoun(context.Sentence, match.Start, match.Get<Mention>("rating")) ? Build(match, context) : [];

    // Broadcom (Outperform, target $480): the house's own list of ratings.
    private static IEnumerable<FactDraft> Bracketed(PatternMatch match, SentenceContext context)
    {
        var rating = match.Get<Mention>("rating");
        var company = match.Get<Mention>("company");
        if (rating.Id is not "rating/not-rated" && context.Report.Publisher is { } broker && !Raters.IsBroker(company))
            yield return Draft(context, match.Start, rating.End, rating, broker, Participant.Of(company, context.Sentence), null);
    }

    internal static FactDraft Draft(SentenceContext context, int start, int end, Mention rating, Participant broker, Participant subject, string? action) =>
        context.Draft("RatingIssued", start, end, [("broker", broker), ("subject", subject)], [("rating", Graded(context.Sentence, rating)), ("action", action)]) with
        {
            Status = FactStatus.Reported,
            When = (broker == context.Report.Publisher ? null : context.When(Math.Min(start, rating.Start), end)) ?? context.Report.Metadata.Date?.Text,
            Consumes = [context.Source(rating)],
        };

    // 买入-A, 增持-B: the grade of risk behind it is part of the rating.
    private static string Graded(Sentence sentence, Mention rating) =>
        sentence.Slice(rating.End, Math.Min(sentence.End, rating.End + 3)) is ['-', 'A' or 'B' or 'C', ..] and var behind && (behind.Length == 2 || !char.IsAsciiLetterOrDigit(behind[2])) ? sentence.Slice(rating) + behind[..2] : sentence.Slice(rating);

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var rating = match.Get<Mention>("rating");
        var action = match.Find<Mention>("action");
        // A line that is nothing but the report's own rating is its cover's.
        if (context.Report.Metadata.Rating is { } cover && NameKey.Of(sentence.Text) == NameKey.Of(cover))
            yield break;
        if (IsFormer(sentence, rating) || !IsRating(sentence, match, rating, action) || rating.Id is "rating/watch" or "rating/not-rated" || (rating.Id == "rating/recommended" && !IsGrade(sentence, rating)))
            yield break;
        if (Raters.Broker(context, rating.Start) is not { } broker || Raters.Subject(context, match.Start, rating) is not { } subject)
            yield break;
        yield return Draft(context, match.Start, match.End, rating, broker, subject, action is null ? null : context.Report.Vocabulary.Entry(action.Id).Value);
    }

    // 给予“强烈推荐”评级: in quotes or with its noun it is a grade of the house, not the verb.
    private static bool IsGrade(Sentence sentence, Mention rating) =>
        sentence.Slice(Math.Max(sentence.Start, rating.Start - 1), rating.Start) is "“" or "「" or "『" or "\"" && sentence.Slice(rating.End, Math.Min(sentence.End, rating.End + 1)) is "”" or "」" or "』" or "\"" || sentence.Has("评级", rating.End, out _) || sentence.Has("评等", rating.End, out _);

    // 由中性上调至增持 · to Buy from Hold
    internal static bool IsFormer(Sentence sentence, Mention rating) =>
        sentence.Find(Former, Math.Max(sentence.Start, rating.Start - 6), rating.Start) is { } from && sentence.Slice(from.End, rating.Start).Trim(' ', '“', '"', '‘', '「', '『').Length <= 1;

    // 大股东增持, 减持股份, neutral tone: as a verb or an adjective the word rates nothing; quotes, the noun or a bare end behind it do.
    private static bool IsRating(Sentence sentence, PatternMatch match, Mention rating, Mention? action)
    {
        if (HasNoun(sentence, match.Start, rating))
            return true;
        var after = rating.End < sentence.End ? sentence.Passage.Text[rating.End] : ' ';
        var isBare = rating.End >= sentence.End || after is '”' or '"' or '-' or '」' or '』' or ',' or '。' or ';' or ')' or '.' or '(' or ' ' or '、';
        var between = sentence.Slice(Math.Min(action?.End ?? match.Start, rating.Start), rating.Start);
        return action is not null && isBare && !sentence.Within<MoneyValue>(match.Start, match.End).Any() && Bridge.Weight(sentence, Math.Min(action.End, rating.Start), rating.Start) <= 8 && !between.Contains(',', StringComparison.Ordinal);
    }

    private static bool HasNoun(Sentence sentence, int from, Mention rating) =>
        sentence.Contains(Nouns, Math.Max(sentence.Start, Math.Min(from, rating.Start) - 10), Math.Min(sentence.End, rating.End + 10));
}
