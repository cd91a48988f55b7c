using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Who expects a figure: the house that writes, a third party that it quotes, or the company itself.</summary>
public static class Forecaster
{
    private static readonly string[] House = ["我们", "本行", "我行", "我司", "我料", "笔者", "we", "our", "us"];

    private static readonly string[] Expecting =
    [
        "预计", "预期", "预测", "预估", "估计", "预料", "料", "看好", "上看", "expects", "expect", "expected", "sees", "forecasts", "forecast", "estimates", "estimate", "estimated", "projects", "projected", "models", "predicts", "predicted", "puts", "reckons",
    ];

    private static readonly string[] Saying =
    [
        "认为", "指出", "表示", "称", "提出", "强调", "透露", "披露", "给出", "重申", "上调", "下调", "调升", "调降", "维持", "估", "raises", "raised", "cuts", "cut", "lifts", "lifted", "says", "said", "told",
    ];

    // Behind these words the company is what is spoken of, so that somebody else speaks (预计公司 2026 年净利润).
    private static readonly string[] OfTheCompany = ["预计公司", "预测公司", "预期公司", "估计公司", "给予公司", "我们看好公司"];

    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric or figure.</param>
    /// <param name="subject">Whose figure it is: who guides, where nobody else is said to expect it.</param>
    public static Participant Of(SentenceContext context, int at, Participant subject)
    {
        var sentence = context.Sentence;
        if (ThirdParty(context, at, isPersonMeant: false) is { } third && !third.Candidates.Intersect(subject.Candidates).Any())
            return third;
        var isHouse = sentence.Contains(House, sentence.Start, at) || sentence.Contains(OfTheCompany, sentence.Start, at) || IsCueBeforeSubject(context, at, subject);
        return isHouse ? context.Report.Publisher ?? subject : subject;
    }

    /// <summary>The research house, broker or organisation whose expectation the sentence gives before a position; news media only pass words on.</summary>
    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric or figure.</param>
    /// <param name="isPersonMeant">A person counts too: somebody who speaks of an industry, not of a company that stands for him.</param>
    public static Participant? ThirdParty(SentenceContext context, int at, bool isPersonMeant)
    {
        var sentence = context.Sentence;
        foreach (var mention in sentence.All<Mention>().Where(m => m.End <= at && (m.Kind is EntityKind.Publisher or EntityKind.Organisation || (isPersonMeant && m.Kind is EntityKind.Person))).Reverse())
        {
            // A research house that expects is no less a source than a medium that reports; what a medium merely says are others' words.
            var isMedia = context.Report.Vocabulary.Entry(mention.Id).IsMedia;
            if (sentence.Find(Expecting, mention.End, Math.Min(at, mention.End + (isMedia ? 8 : 16))) is not null || (!isMedia && sentence.Find(Saying, mention.End, Math.Min(at, mention.End + 16)) is not null))
                return Participant.Of(mention, sentence);
            // 大摩将联发科评级升至…，并预估其营收…: who did the one expects the other.
            if (!isMedia && mention.Kind == EntityKind.Publisher && sentence.Contains(AndExpecting, mention.End, at))
                return Participant.Of(mention, sentence);
        }

        return Unnamed(sentence, at);
    }

    // 法人预估…: houses that the text does not name.
    private static Participant? Unnamed(Sentence sentence, int at) =>
        sentence.Find(["法人", "外资", "分析师", "华尔街"], sentence.Start, at) is { } who && sentence.Find(["预估", "预计", "预期", "预测", "估"], who.End, Math.Min(at, who.End + 4)) is not null
            ? Participant.Unknown(EntityKind.Publisher, sentence.Slice(who.Start, who.End)) : null;

    private static readonly string[] AndExpecting = ["并预估", "并预计", "并预测", "并预期", "并估", "同时预估", "同时预计", "and expects", "and sees", "and models", "and forecasts", "and estimates"];

    // 预计英伟达 2027 财年营收…: whoever writes expects it; 英伟达预计…: the company does.
    private static bool IsCueBeforeSubject(SentenceContext context, int at, Participant subject)
    {
        var sentence = context.Sentence;
        if (sentence.Find(["预计", "预测", "预期", "估计", "预估"], sentence.Start, at) is not { } cue || sentence.Slice(sentence.Start, cue.Start).TrimEnd() is [.., '公', '司'] or [.., '集', '团'] || sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company or EntityKind.Person && m.End <= cue.Start))
            return false;
        var named = sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Company or EntityKind.Product or EntityKind.Model && m.Start >= cue.End && m.End <= at);
        return named is not null && (named.Kind != EntityKind.Company || named.Start - cue.End <= 4 && named.Candidates.Intersect(subject.Candidates).Any());
    }
}
