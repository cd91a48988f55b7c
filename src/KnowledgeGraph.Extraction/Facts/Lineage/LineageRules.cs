using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Lineage;

/// <summary>Where models and products come from: what they are built on, whom they succeed or replace, on which chips they were trained or run.</summary>
public static class LineageRules
{
    private static readonly string[] On = ["基于", "构建于", "建立在", "架设在", "依托", "依托于", "脱胎于", "源自", "微调自", "built on", "built on top of", "based on", "builds on", "starts from", "started from", "fine-tuned from", "derived from", "powered by", "runs on top of", "sits on top of", "由"];

    private static readonly string[] Base = ["底座为", "底座是", "底层为", "底层模型为", "底层采用", "基座为", "基座模型为", "背后是", "内核为", "分析能力来自", "能力来自", "结合", "采用", "搭载", "调用"];

    // Said of the base, not of the thing: what it was, and what it is now.
    private static readonly string[] Bases = ["底座", "基座", "底模", "底座模型", "基座模型", "底层模型", "引擎", "内核模型", "底层", "基础模型", "骨干", "主干", "内核", "base model", "its base", "backbone", "underlying model", "under the hood"];

    private static readonly string[] ChangedTo = ["改采", "改用", "改为", "换成", "换为", "换用", "切换到", "切换至", "切换为", "升级为", "升级到", "升级至", "转为", "转用", "改成", "更换为", "替换为", "to", "now", "is now", "in favour of", "in favor of"];

    private static readonly string[] Replaces = ["取代", "接替", "替代", "替换", "用来替代", "用于替代", "用以替代", "将取代", "替换掉", "replaces", "replaced", "replacing", "takes over from", "supersedes", "superseding", "succeeds", "in place of", "takes the place of", "took the place of", "taking the place of", "took over from", "stands in for", "supplants", "接棒", "顶替"];

    private static readonly string[] Predecessor = ["前代", "上一代", "上代", "前代旗舰", "前作", "predecessor", "previous-generation", "successor to", "the successor to", "follow-up to", "upgrade to"];

    // Whose the base is, and which: Moonshot 的 Kimi K2.5, its own Qwen3.
    private static readonly Pattern Article = Opt(Lit("the", "its", "its own", "an", "a", "older", "初代", "了", "自家的", "自家", "其"), Opt(Ann<Mention>(where: m => m.Kind == EntityKind.Company), Opt(Lit("的", "'s", "’s"))));

    private static readonly Pattern Whose = Alt(Seq(Ann<Mention>(where: m => m.Kind == EntityKind.Company), Opt(Lit("的", "'s", "’s"))), Article);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("lineage/built-on", Seq(Lit(On).As("on"), Whose, Gap(18, "。；，,;的"), Ann<Name>("base", IsBase)), BuiltOn),
        new("zh/lineage/built-on-of", Seq(Lit("基于", "依托"), Gap(16, "。；，,;"), Lit("的"), Ann<Name>("base", IsBase), Gap(12, "。；，,;"), Lit("打造", "构建", "开发", "训练", "优化", "改进", "微调")), (match, context) => context.Report.Kinds.Kind(match.Get<Name>("base")) is null ? [] : Draft(context, match.Get<Name>("base"), "built-on", match.Start, match.End)),
        new("lineage/base-changed", Seq(Lit(Bases).As("on"), Gap(30, "。；;"), Lit(ChangedTo), Whose, Gap(10, "。；，,;"), Ann<Name>("base", IsBase)), BaseChanged),
        new("lineage/engine", Seq(Lit("将接入", "已接入", "接入了", "接入", "改用", "内置", "引入", "换用", "now uses", "switches to", "switched to", "will use", "runs on", "is powered by").As("on"), Whose, Gap(4, "。；，,;的"), Ann<Name>("base", IsBase)), Engine),
        new("lineage/base-is", Seq(Lit(Base).As("on"), Whose, Gap(12, "。；，,;"), Ann<Name>("base", IsBase)), BaseIs),
        new("zh/lineage/with-as-base", Seq(Lit("以", "在").As("on"), Whose, Gap(14, "。；，,;"), Ann<Name>("base", IsBase), Gap(12, "。；，,;"), Lit("为底座", "为基座", "为基础", "为内核", "为底层", "为底层模型", "底座上", "基础上", "基座上", "之上", "架构为基础").As("close")), AsBase),
        new("lineage/replaces", Seq(Lit(Replaces).As("verb"), Whose, Gap(10, "。；，,;"), Ann<Name>("base", IsBase)), Replaced),
        new("zh/lineage/recommended-replacement", Seq(Lit("定位为", "定位于", "作为", "是", "为"), Article, Ann<Name>("base", IsBase), Lit("的"), Gap(4), Lit("替代模型", "替代品", "替代", "升级版", "继任者", "后继者", "后继", "接替者", "接班人", "继承者", "下一代产品", "下一代", "迭代版", "迭代产品").As("noun")), ReplacementOf),
        new("lineage/successor", Seq(Lit(Predecessor), Gap(10, "。；，,;"), Ann<Name>("base", IsBase)), Successor),
        new("lineage/data-of", Seq(Lit("加入了", "加入", "使用了", "使用", "引入", "采用", "用了", "trained on", "using"), Gap(22, "。；，,;"), Ann<Name>("base", name => IsBase(name) || name.Kind == EntityKind.Company), Gap(4, "。；，,;"), Lit("的数据", "数据", "的语料", "data", "'s data")), DataOf),
        new("lineage/chip", Seq(Lit("基于", "运行于", "运行在", "部署于", "部署在", "在", "使用", "采用", "用", "runs on", "running on", "run on", "trained on", "trains on", "trained using").As("on"), Gap(22, "。；，,;"), Ann<Name>("base", IsChip), Gap(10, "。；，,;"), Opt(Lit("训练", "完成训练", "运行", "推理").As("doing"))), OnChip),
        new("zh/lineage/iterations", Seq(Lit("迭代"), Gap(16, "。；;"), Ann<NumberValue>("first", IsVersion), Gap(4, "。；;"), Ann<NumberValue>("second", IsVersion)), Iterations),
    ];

    private static bool IsBase(Name name) => !name.Quoted && name.Kind is null or EntityKind.Model or EntityKind.Product;

    private static bool IsChip(Name name) => name.Kind == EntityKind.Chip;

    private static bool IsVersion(NumberValue number) => number.Amount is > 0.9m and < 20m;

    private static IEnumerable<FactDraft> BuiltOn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (on, name) = (match.Get<Span>("on"), match.Get<Name>("base"));
        var word = sentence.Slice(on);
        // 由 X 驱动 only; 由 alone introduces a doer.
        if (word == "由" && !sentence.Contains(["驱动", "训练而来", "微调而来", "提供支持", "提供底层", "改进而来"], name.End, Math.Min(sentence.End, name.End + 16)))
            return [];
        // 基于豆包 App 同款语音模型: the model meant is not the app named.
        if ((context.Report.Kinds.Kind(name) is null && !IsStack(sentence, name)) || sentence.Has("同款", sentence.SkipSpace(name.End), out _) || sentence.Has("App", sentence.SkipSpace(name.End), out _))
            return [];
        return Draft(context, name, "built-on", on.Start, match.End);
    }

    private static IEnumerable<FactDraft> BaseIs(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (on, name) = (match.Get<Span>("on"), match.Get<Name>("base"));
        var isLoose = sentence.Slice(on) is "结合" or "采用" or "搭载" or "调用";
        var isTold = HeadNouns.Ending(sentence.Slice(name.Start, NounEvidence.PhraseBehind(sentence, name)?.End ?? name.End))?.Kind == EntityKind.Model || IsStack(sentence, name);
        var isModel = context.Report.Kinds.Kind(name) == EntityKind.Model;
        return (isLoose && !isTold && !(isModel && sentence.Slice(on) is "搭载")) || (!isLoose && context.Report.Kinds.Kind(name) is null) ? [] : Draft(context, name, "built-on", on.Start, match.End);
    }

    // 底座由 A 改采 B, its base model moves from A to B: the second.
    private static IEnumerable<FactDraft> BaseChanged(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("base");
        return context.Report.Kinds.Kind(name) is null ? [] : Draft(context, name, "built-on", match.Start, match.End);
    }

    // A named assistant, app or device that takes up a model is driven by it; a platform or a cloud only offers it.
    private static IEnumerable<FactDraft> Engine(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (on, name) = (match.Get<Span>("on"), match.Get<Name>("base"));
        if (context.Report.Kinds.Kind(name) != EntityKind.Model || sentence.Contains(["未", "不", "没有", "暂未", "平台", "支持", "可"], Math.Max(sentence.Start, on.Start - 3), on.Start))
            return [];
        var clause = Clauses.Start(sentence, on.Start);
        var subject = Subjects.Named(context).LastOrDefault(other => other.Start >= clause && other.End <= on.Start);
        var end = subject is null ? on.Start : NounEvidence.PhraseBehind(sentence, subject) is { } behind && behind.End <= on.Start ? behind.End : subject.End;
        var noun = HeadNouns.Ending(WithoutAdverbs(sentence.Slice(clause, on.Start))) ?? (subject is null ? null : context.Report.Kinds.Noun(subject));
        var isKnown = subject is { Kind: EntityKind.Product, Candidates.Count: > 0 } && AreOfOneHouse(context, subject, name) && !Platforms.Any(word => subject.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (noun is not { Kind: EntityKind.Product, Category: "agent" or "app" or "device" or "feature" } && !(noun is null && isKnown))
            return [];
        var text = WithoutAdverbs(sentence.Slice(subject?.Start ?? clause, Math.Max(end, on.Start)));
        text = text[(text.LastIndexOf('的') + 1)..].Trim();
        // A thing that no noun explains must stand by itself: 谷歌地图正在为…引入 is of something else.
        if (noun is null && text != subject!.Text)
            return [];
        var isThing = subject is not null || (text.Length is >= 4 and <= 16 && noun is not null && !text.StartsWith(noun.Word, StringComparison.Ordinal) && !new[] { "多款", "部分", "该", "这", "其", "旗下", "所有", "全系" }.Any(word => text.StartsWith(word, StringComparison.Ordinal)));
        return isThing && text.Length is > 1 and <= 24
            ? [context.Draft("LineageReported", subject?.Start ?? clause, match.End, [("subject", Participant.Unknown(EntityKind.Product, text)), ("base", Subjects.ToParticipant(context, name))], [("relation", "built-on")])]
            : [];
    }

    // A house's assistant that takes up its own model runs on it; another's model is only offered there.
    private static bool AreOfOneHouse(SentenceContext context, Name product, Name model) =>
        context.Report.Vocabulary.Find(product.Candidates[0])?.Maker is { } maker && model.Family is { } family && context.Report.Vocabulary.Find(family)?.Maker == maker;

    // These offer models to others.
    private static readonly string[] Platforms = ["平台", "云", "Cloud", "API", "Studio", "Foundry", "Bedrock", "Vertex", "百炼", "方舟", "千帆", "Hub", "Router", "Azure"];

    private static string WithoutAdverbs(string text)
    {
        string[] adverbs = ["将", "已", "即将", "正式", "全面", "宣布", "计划", "开始", "也", "已经", "率先", "首批", "深度", "将于近期", "同日", "当日", "今日", "昨日", "同步", "现已", "随即", "随后", "今起", "即日起", "will", "has", "now"];
        var rest = text.TrimEnd();
        for (var cut = adverbs.FirstOrDefault(word => rest.EndsWith(word, StringComparison.Ordinal)); cut is not null; cut = adverbs.FirstOrDefault(word => rest.EndsWith(word, StringComparison.Ordinal)))
            rest = rest[..^cut.Length].TrimEnd();
        return rest;
    }

    private static IEnumerable<FactDraft> AsBase(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("base");
        var close = context.Sentence.Slice(match.Get<Span>("close"));
        var isIn = context.Sentence.Slice(match.Get<Span>("on")) == "在";
        return isIn != (close is "底座上" or "基础上" or "基座上" or "之上") || context.Report.Kinds.Kind(name) is null && !close.StartsWith('为') ? [] : Draft(context, name, "built-on", match.Start, match.End);
    }

    private static IEnumerable<FactDraft> Replaced(PatternMatch match, SentenceContext context)
    {
        var (verb, name) = (match.Get<Span>("verb"), match.Get<Name>("base"));
        var sentence = context.Sentence;
        // 被 X 取代 turns it round; a company is no model's predecessor.
        var between = sentence.Slice(verb.End, name.Start);
        if (between.Any(c => char.IsAsciiDigit(c) || c is '成' or '为'))
            return [];
        if ((context.Report.Kinds.Kind(name) is null && !IsOfLine(context, name, verb.Start)) || sentence.Contains(["被", "无法", "难以", "不会", "by"], Math.Max(sentence.Start, verb.Start - 8), verb.Start) || sentence.Slice(verb).EndsWith("d", StringComparison.Ordinal) && sentence.Has("by", sentence.SkipSpace(verb.End), out _))
            return [];
        return Enumerated(context, name).SelectMany(each => Draft(context, each, "replaces", verb.Start, each.End));
    }

    private static IEnumerable<FactDraft> ReplacementOf(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("base");
        var relation = context.Sentence.Slice(match.Get<Span>("noun")).Contains("替代", StringComparison.Ordinal) || context.Sentence.Slice(match.Get<Span>("noun")).Contains("接替", StringComparison.Ordinal) ? "replaces" : "successor-of";
        return context.Report.Kinds.Kind(name) is null && !IsOfLine(context, name, match.Start) ? [] : Draft(context, name, relation, match.Start, match.End);
    }

    private static IEnumerable<FactDraft> Successor(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("base");
        return context.Report.Kinds.Kind(name) is null ? [] : Draft(context, name, "successor-of", match.Start, match.End);
    }

    private static IEnumerable<FactDraft> DataOf(PatternMatch match, SentenceContext context) => Draft(context, match.Get<Name>("base"), "trained-by-data-of", match.Start, match.End);

    private static IEnumerable<FactDraft> OnChip(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("base");
        var around = sentence.Slice(Math.Max(Clauses.Start(sentence, match.Start), match.Start - 6), Math.Min(sentence.End, name.End + 14));
        var on = sentence.Slice(match.Get<Span>("on"));
        var isTrained = around.Contains("训练", StringComparison.Ordinal) || sentence.Contains(["train", "trained", "training", "trains", "pre-trained"], Math.Max(Clauses.Start(sentence, match.Start), match.Start - 6), Math.Min(sentence.End, name.End + 14));
        var isRun = on.StartsWith("运行", StringComparison.Ordinal) || on.StartsWith("run", StringComparison.OrdinalIgnoreCase) || on.StartsWith("部署", StringComparison.Ordinal) || around.Contains("运行", StringComparison.Ordinal) || around.Contains("推理", StringComparison.Ordinal);
        if (!isTrained && !isRun)
            return [];
        return Draft(context, name, isTrained ? "trained-on" : "runs-on", match.Start, match.End, subjectKinds: [EntityKind.Model, EntityKind.Product]);
    }

    // 从 3.5 到 3.6 再到 3.7: each version succeeds the one before; the newest is what the text is about.
    private static IEnumerable<FactDraft> Iterations(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var versions = sentence.All<NumberValue>().Where(n => n.Start >= match.Get<NumberValue>("first").Start && IsVersion(n)).ToList();
        if (versions.TrueForAll(version => version.Amount == decimal.Truncate(version.Amount)))
            yield break;
        var newest = sentence.Slice(versions[^1]);
        var subject = Subjects.Named(context).Concat(Earlier(context)).FirstOrDefault(name => name.Text.Contains(newest, StringComparison.Ordinal));
        if (subject is null)
            yield break;
        var stem = subject.Text[..subject.Text.IndexOf(newest, StringComparison.Ordinal)];
        for (var i = versions.Count - 1; i > 0; i--)
        {
            var who = i == versions.Count - 1 ? Subjects.ToParticipant(context, subject) : Participant.Unknown(EntityKind.Model, stem + sentence.Slice(versions[i]));
            yield return context.Draft("LineageReported", match.Start, versions[^1].End, [("subject", who), ("base", Participant.Unknown(EntityKind.Model, stem + sentence.Slice(versions[i - 1])))], [("relation", "successor-of")]);
        }
    }

    private static IEnumerable<Name> Earlier(SentenceContext context)
    {
        foreach (var before in context.Earlier)
        {
            foreach (var name in Subjects.Named(before))
                yield return name;
        }
    }

    // Larkspur-2 and Larkspur-1, XR700 and XR300: two numbers of one line that nobody knows.
    private static bool IsOfLine(SentenceContext context, Name name, int at) => Sibling(context, name, at) is not null;

    private static Name? Sibling(SentenceContext context, Name name, int at) => context.Sentence.All<Name>().LastOrDefault(other => other.End <= at && !other.Quoted && other.Text != name.Text && Stem(other.Text) is { Length: > 1 } stem && stem == Stem(name.Text));

    private static string? Stem(string text) => text.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) is > 0 and var digit ? text[..digit].TrimEnd(' ', '-') : null;

    private static IEnumerable<FactDraft> Draft(SentenceContext context, Name name, string relation, int start, int end, string[]? subjectKinds = null)
    {
        var subject = relation is "replaces" or "successor-of" && Sibling(context, name, start) is { } sibling ? Subjects.ToParticipant(context, sibling) : SubjectOf(context, name, start, end);
        if (subject is null || (subjectKinds is not null && !subjectKinds.Contains(subject.Kind)) || Same(subject, name))
            return [];
        var baseThing = Subjects.ToParticipant(context, name) with { Kind = name.Kind ?? context.Report.Kinds.Kind(name) ?? EntityKind.Product };
        return [context.Draft("LineageReported", start, end, [("subject", subject), ("base", baseThing)], [("relation", relation)])];
    }

    // 一款基于 B 的平台 speaks of what came before; 基于 B 训练的三值大模型 X of the name that its noun phrase ends with.
    private static Participant? SubjectOf(SentenceContext context, Name name, int start, int end)
    {
        var sentence = context.Sentence;
        var clauseEnd = Clauses.End(sentence, end);
        var later = sentence.All<Name>().FirstOrDefault(other => other.Start >= name.End && other.Start < clauseEnd && context.Report.Kinds.Kind(other) is not null && other.Text != name.Text
            && sentence.Slice(name.End, other.Start).Contains('的', StringComparison.Ordinal) && HeadNouns.Ending(sentence.Slice(name.End, other.Start)) is not null);
        if (later is not null)
            return Subjects.ToParticipant(context, later);
        if (!Subjects.Named(context).Any(other => other.End <= start) && Described(context, start) is { } described)
            return described;
        var before = Subjects.Of(context, start);
        return before.Count > 0 ? before[0] : null;
    }

    // 某机构最新的东南亚语言大模型以 X 为基础: a subject without a name, called by its noun phrase.
    private static Participant? Described(SentenceContext context, int start)
    {
        var sentence = context.Sentence;
        var from = Clauses.Start(sentence, start);
        var phrase = sentence.Slice(from, start).Trim();
        var isName = sentence.All<Name>().Any(name => name.Start >= from && name.End <= start && context.Report.Kinds.Kind(name) is not null);
        var isPronoun = phrase.Length < 6 || new[] { "该", "这", "此", "其", "新模型", "新版", "升级后", "它", "一款", "一个", "an ", "a ", "the " }.Any(word => phrase.StartsWith(word, StringComparison.Ordinal));
        return !isName && !isPronoun && phrase.Length <= 24 && HeadNouns.Ending(phrase) is { } noun ? Participant.Unknown(noun.Kind, phrase[(phrase.LastIndexOf('的') + 1)..].Trim()) : null;
    }

    private static bool Same(Participant subject, Name name) => string.Equals(subject.Name, name.Text, StringComparison.OrdinalIgnoreCase);

    private static bool IsStack(Sentence sentence, Name name) => sentence.Contains(["技术栈", "架构", "协议栈", "检查点", "底座", "基座", "stack", "checkpoint"], name.End, Math.Min(sentence.End, name.End + 10));

    private static IEnumerable<Name> Enumerated(SentenceContext context, Name first) => Subjects.JoinedWith(context, first).Where(name => name.Start >= first.Start);
}
