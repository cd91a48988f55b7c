using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Who expects a figure: the house that writes, a third party that it quotes, or the company itself.</summary>
public static class Forecaster
{
    private static readonly string[] House = ["我们", "本行", "我行", "我司", "我料", "笔者", "we", "our"];

    private static readonly string[] OfTheHouse = ["in our model", "on our numbers", "in our numbers", "our forecast", "our estimate", "our estimates", "我们的模型", "我们的预测", "本刊预估"];

    private static readonly string[] Expecting =
    [
        "预计", "预期", "预测", "预估", "估计", "推估", "估算", "预料", "料", "估", "看好", "看今年", "看明年", "看全年", "看 20", "看20", "上看", "一致预期", "共识", "consensus", "models", "expects", "expect", "expected", "sees", "forecasts", "forecast", "estimates", "estimate", "estimated", "projects", "projected", "models", "predicts", "predicted", "puts", "put", "reckons", "thinks", "looks for", "pencils in", "calls for", "is calling for", "has pencilled in", "now has", "call", "anticipates",
    ];

    private static readonly string[] Saying =
    [
        "更新", "认为", "指出", "表示", "称", "提出", "发布", "公布", "调查", "统计", "数据显示", "研究显示", "报告", "强调", "透露", "披露", "给出", "重申", "上调", "下调", "调升", "调降", "维持", "估", "喊", "喊进", "喊到", "给予", "予", "调高", "调低", "上修", "下修", "出具", "首次覆盖", "首予", "升评", "降评", "点名", "将", "把", "raises", "raised", "initiates", "initiated", "upgrades", "upgraded", "downgrades", "downgraded", "keeps", "reiterates", "cuts", "cut", "lifts", "lifted", "says", "said", "told",
    ];

    // Behind these words the company is what is spoken of, so that somebody else speaks (预计公司 2026 年净利润).
    private static readonly string[] OfTheCompany = ["预计公司", "预测公司", "预期公司", "估计公司", "给予公司", "我们看好公司"];

    // Whoever spoke before still speaks: 同一份报告预计其…; 该行并估…; the broker also expects…
    private static readonly string[] SameVoice = ["同一份报告", "该报告", "报告", "该行", "该机构", "该券商", "其", "并", "同时", "他们", "该投行", "研报", "the broker", "the bank", "the firm", "it also", "the note", "the report", "the same note", "they"];

    // The company speaks of itself.
    private static readonly string[] OfItself = ["公司预计", "公司预期", "公司指引", "公司预估", "公司估", "公司目标", "管理层", "经营层", "法说", "指引", "财测", "业绩承诺", "考核目标", "电话会", "管理階層", "董事长", "执行长", "总经理", "told investors", "told analysts", "told the call", "management", "the board", "guides", "guided", "guidance", "it guides", "it now guides", "it expects", "it now expects", "it now sees", "it still expects", "it still sees", "the company expects", "the company now expects", "the company sees", "CFO", "CEO"];

    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric or figure.</param>
    /// <param name="subject">Whose figure it is: who guides, where nobody else is said to expect it.</param>
    public static Participant Of(SentenceContext context, int at, Participant subject)
    {
        var sentence = context.Sentence;
        if (ThirdParty(context, at, isPersonMeant: false) is { } third && !third.MayBe(subject))
            return third;
        // Second-quarter revenue guidance of $2.4bn: so the company calls what it expects itself.
        if (sentence.Find(["guidance", "guide", "outlook"], at, Math.Min(sentence.End, at + 30)) is { } own && !sentence.Annotations.Any(a => a is MoneyValue or PercentValue && a.Start >= at && a.End <= own.Start) && !sentence.Contains(House, sentence.Start, at))
            return subject;
        if (sentence.Contains(House, sentence.Start, at) || sentence.Contains(OfTheHouse, sentence.Start, sentence.End) || sentence.Contains(OfTheCompany, sentence.Start, at))
            return context.Report.Publisher ?? subject;
        if (Carried(context, at) is { } voice && !voice.MayBe(subject))
            return voice;
        return IsCueBeforeSubject(context, at, subject) || IsOfNote(context, at) || IsEstimate(context, at) ? context.Report.Publisher ?? subject : subject;
    }

    // The voice of a sentence before: where this one names no company that would expect it, and points back or opens with its expectation.
    private static Participant? Carried(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Find(Expecting, sentence.Start, at) is not { } cue || sentence.Contains(OfItself, sentence.Start, at) || sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company && m.End <= cue.Start && !context.IsOblique(m)))
            return null;
        if (cue.Start > sentence.Start + 2 && !sentence.Contains(SameVoice, sentence.Start, cue.End + 1))
            return null;
        return Earlier(context);
    }

    /// <summary>The third party that spoke in one of the sentences right before, or null.</summary>
    public static Participant? Earlier(SentenceContext context) =>
        context.Earlier.Take(3).Select(before => ThirdParty(before, before.Sentence.End, isPersonMeant: false)).FirstOrDefault(who => who is not null) ?? (PointsBack(context.Sentence) ? Named(context) : null);

    // 该机构并预估: whoever was named last as one that counts.
    private static bool PointsBack(Sentence sentence) => sentence.Contains(["该机构", "该研究机构", "该调研机构", "该行", "该券商", "该单位", "该协会", "the firm", "the researcher"], sentence.Start, Math.Min(sentence.End, sentence.Start + 10));

    private static Participant? Named(SentenceContext context) =>
        context.Earlier.Take(3).Select(before => before.Sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Publisher or EntityKind.Organisation) is { } voice ? Participant.Of(voice, before.Sentence) : null).FirstOrDefault(who => who is not null);

    // FY27E EPS goes to $18.60: a year marked as an estimate is the house's, and so is what stands under such a heading.
    private static bool IsEstimate(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var blocks = context.Report.Document.Blocks;
        var isMarked = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= at) is { } year && sentence.Slice(year) is [.., >= '0' and <= '9', 'E' or 'F'];
        var isUnder = new[] { sentence.Block.Parent, sentence.Block.Heading }.Any(over => over >= 0 && blocks[over].Passage.Text is { Length: <= 30 } title && Estimates.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return context.Report.Publisher is not null && (isMarked || isUnder) && !sentence.Contains(OfItself, sentence.Start, at);
    }

    private static readonly string[] Estimates = ["our numbers", "our estimates", "estimate changes", "our forecasts", "our model", "盈利预测", "预测调整", "我们的预测", "获利预估"];

    // In a house's note on one company an expectation without a subject is the house's, unless the text has just come to what the company says of itself.
    private static bool IsOfNote(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        return context.Report is { MainCompany: not null, Publisher: not null } && sentence.Find(Expecting, sentence.Start, at) is { } cue
            && !context.AndEarlier.Take(2).Any(here => here.Sentence.Contains(OfItself, here.Sentence.Start, here == context ? at : here.Sentence.End))
            && !sentence.Contains(["公司", "集团"], sentence.Start, cue.Start) && !sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company or EntityKind.Person && m.End <= cue.Start);
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
            if (IsSpeaking(sentence, mention, at, context.Report.Vocabulary.Entry(mention.Id).IsMedia))
                return Participant.Of(mention, sentence);
        }

        return UnnamedHouses.Find(sentence, sentence.Start, at) is var (who, span) && IsSpeaking(sentence, span, at, isMedia: false) ? who : null;
    }

    // 大摩将联发科评级升至…，并预估其营收…: who did the one expects the other.
    private static bool IsSpeaking(Sentence sentence, Annotation voice, int at, bool isMedia) =>
        sentence.Contains(Expecting, voice.End, Math.Min(at, voice.End + (isMedia ? 12 : 16)))
        || (isMedia && sentence.Find(Saying, voice.End, Math.Min(at, voice.End + 10)) is { } saying && sentence.Find(Expecting, saying.End, at) is { } cue && !sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company or EntityKind.Person && m.Start >= voice.End && m.End <= cue.Start))
        || (!isMedia && (sentence.Contains(Saying, voice.End, Math.Min(at, voice.End + 16)) || sentence.Contains(AndExpecting, voice.End, at)));

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
