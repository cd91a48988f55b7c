using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Lineage;

/// <summary>
/// A word that tells where a thing comes from or on what it runs, the other thing beside it, and the thing itself before both or carried over from
/// the sentences before (拿 Gemma 4 续练而成, 引擎就是墨竹 2.0, it runs on Command B). Speaks only where the exact rules are silent.
/// </summary>
public static class LineageFrameRules
{
    private static readonly string[] BuiltOn =
    [
        "底座", "基座", "引擎是", "引擎就是", "引擎为", "背后是", "背后采用", "背后用的是", "背后跑的是", "用的是", "底层是", "底层跑的是", "核心是", "大脑是", "基于", "采用", "搭载", "构建于", "脱胎于", "源自", "改用", "换成", "靠", "依托", "调用", "套用", "内核是", "跑的是", "跑的就是", "用的就是", "背后就是", "背后正是", "靠的是", "端侧跑", "端侧用", "端侧运行", "本地跑", "本地运行", "云侧用", "底子是", "骨子里是", "底模是", "底模为", "底座模型是", "轮流调用",
        "built on", "based on", "powered by", "runs on", "run on", "running on", "uses", "using", "driven by", "fine-tuned from", "fine-tuned on", "post-trained on", "further trained on", "continued from", "derived from", "adapted from", "draws on", "relies on", "sits on", "built atop", "layered on", "backed by", "under the hood is", "built around", "on top of", "a fine-tune of", "a version of", "fine-tunes", "a fine-tuned", "calls", "call", "wraps", "is a wrapper around", "leans on", "rides on", "sits atop", "rests on", "stands on",
    ];

    private static readonly string[] SuccessorOf = ["前身是", "前身为", "前作是", "前代是", "上一代是", "后继", "接棒", "继任", "升级自", "迭代自", "继", "succeeds", "successor to", "follows", "follow-up to", "an upgrade to", "the sequel to", "next in line after"];

    private static readonly string[] Replaces = ["取代", "接替", "替代", "替换", "换下", "顶替", "替下", "淘汰", "replaces", "replacing", "takes over from", "took over from", "supersedes", "supplants", "displaces", "in place of", "instead of"];

    private static readonly string[] DataOf = ["蒸馏自", "数据来自", "语料来自", "distilled from", "distilled out of", "trained on outputs of", "trained on data from"];

    private static readonly string[] Chips = ["跑在", "运行在", "运行于", "部署在", "部署于", "训练于", "换到", "迁到", "迁至", "迁往", "切到", "切换到", "搬到", "移到", "训于", "ran on", "executes", "moves to", "适配", "runs on", "run on", "running on", "trained on", "trained using", "served on", "hosted on", "deployed on", "in", "on", "在", "使用", "采用", "基于", "靠"];

    // The base stands before these.
    private static readonly (string Relation, string[] Words)[] Closing =
    [
        ("trained-by-data-of", ["蒸馏而来", "蒸馏而成", "蒸馏得到", "蒸馏出来", "蒸馏", "生成的数据", "合成数据"]),
        ("built-on", ["续练", "续训", "微调", "改造而", "继续训练", "继续预训练", "为底", "持续预训练", "后训练", "为本", "为底座", "做底座", "当底座", "打底", "为基座", "驱动", "提供动力", "提供支持", "提供底层", "训练而来", "改进而来", "衍生", "为基底", "作基底", "当基底", "做基底", "作底", "做底", "调的", "调出来", "训出来", "作为可选引擎", "作为引擎", "作为默认引擎", "作为底座", "作为基座", "作为底层模型", "当引擎", "做引擎", "作引擎", "做默认引擎", "做成默认引擎", "设为默认引擎", "做后端", "当后端"]),
    ];

    private static readonly (string Relation, string[] Words)[] Opening = [("trained-by-data-of", DataOf), ("successor-of", SuccessorOf), ("replaces", Replaces), ("built-on", BuiltOn)];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("lineage/frame", Seq(Lit([.. Opening.SelectMany(opening => opening.Words)]).As("word"), Gap(24, "。；;,，"), Ann<Name>("base", name => !name.Quoted)), Opened),
        new("lineage/frame-closed", Seq(Lit("由", "拿", "用", "以", "从", "自", "对", "把", "将", "在", "新增", "加入", "引入", "by", "from").As("word"), Gap(16, "。；;,，"), Ann<Name>("base", name => !name.Quoted), Gap(10, "。；;,，"), Lit([.. Closing.SelectMany(closing => closing.Words)]).As("close")), Closed),
        new("lineage/frame-chip", Seq(Lit(Chips).As("word"), Gap(24, "。；;,，"), Ann<Name>("base", name => name.Kind == EntityKind.Chip)), OnChip),
        new("zh/lineage/trained-by-cluster", Seq(Ann<Name>("base", name => name.Kind == EntityKind.Chip), Opt(Lit("千卡", "万卡", "超节点")), Lit("集群", "算力", "卡", "芯片", "平台").As("word"), Opt(Lit("上")), Lit("训练", "完成训练", "训练完成", "训成", "完成预训练", "全程训练")), ByCluster),
        new("lineage/chip-serves", Seq(Lit("serves", "already serves", "now serves", "serving", "hosts", "runs", "承载", "支撑", "跑着", "已在跑", "承担").As("word"), Gap(26, "。；;,，"), Ann<Name>("subject", name => !name.Quoted)), ChipServes),
        new("lineage/moved-to", Seq(Ann<Name>("subject", name => name.Kind is EntityKind.Product or null), Gap(6, "。；;,，"), Lit("由", "从", "from"), Gap(6, "。；;,，"), Ann<Name>("old", name => !name.Quoted), Gap(4, "。；;,，"), Lit("改采", "改用", "换成", "换为", "切换到", "切换至", "转为", "转用", "改为", "换到", "to").As("word"), Gap(12, "。；;,，"), Ann<Name>("base", name => !name.Quoted)), MovedTo),
        new("lineage/its-successor", Seq(Lit("its follow-on", "its follow-up", "its successor", "its replacement", "its sequel", "the follow-on", "the successor", "后继者", "继任者", "后继型号", "接棒的").As("word"), Opt(Lit(",", "是", "为", "is")), Ann<Name>("subject", name => !name.Quoted)), ItsSuccessor),
        new("zh/lineage/main-chip", Seq(Lit("主控", "主芯片", "主处理器", "处理器", "SoC").As("word"), Gap(16, "。；;,，"), Lit("换成", "换为", "改用", "改为", "升级为", "采用", "用上", "用的是", "是", "为"), Gap(5, "。；;,，"), Ann<Name>("base", name => !name.Quoted)), MainChip),
        new("en/lineage/drives", Seq(Ann<Name>("base", name => !name.Quoted), Opt(Lit("also", "now", "will", "already")), Lit("powers", "underpins", "drives", "power", "underpin", "is the engine behind", "sits behind", "驱动着", "为").As("word"), Gap(30, "。；;,，"), Ann<Name>("subject")), Drives),
        new("en/lineage/trained-thing", Seq(Lit("trained", "trains", "built", "runs", "ran", "serves", "served").As("word"), Gap(6, "。；;,，"), Ann<Name>("subject"), Gap(14, "。；;,，"), Lit("on", "using", "with", "from", "on top of").As("on"), Gap(16, "。；;,，"), Ann<Name>("base")), Trained),
    ];

    private static IEnumerable<FactDraft> Opened(PatternMatch match, SentenceContext context)
    {
        var word = context.Sentence.Slice(match.Get<Span>("word"));
        var relation = Opening.First(opening => opening.Words.Contains(word, StringComparer.OrdinalIgnoreCase)).Relation;
        var name = match.Get<Name>("base");
        var isModel = context.Report.Kinds.Kind(name) is EntityKind.Model || (relation is "successor-of" or "replaces" && context.Report.Kinds.Kind(name) is not null);
        // 取代 5.3 成 ChatGPT 的默认模型: what follows 成 or 为 is what it becomes.
        var isOther = relation == "replaces" && context.Sentence.Slice(match.Get<Span>("word").End, name.Start).Any(c => char.IsAsciiDigit(c) || c is '成' or '为');
        if (!isModel || isOther || IsNegated(context, match.Start))
            return [];
        // 轮流调用 A 与 B
        var bases = relation == "built-on" ? Subjects.JoinedWith(context, name).Where(each => each.Start >= name.Start && context.Report.Kinds.Kind(each) == EntityKind.Model) : [name];
        return bases.SelectMany(each => Draft(context, each, relation, match.Start, each.End, match.Start));
    }

    private static IEnumerable<FactDraft> Closed(PatternMatch match, SentenceContext context)
    {
        var close = context.Sentence.Slice(match.Get<Span>("close"));
        var relation = Closing.First(closing => closing.Words.Contains(close)).Relation;
        var name = match.Get<Name>("base");
        // 对 X 进行微调 without a thing that comes of it tells what one can do with X.
        return context.Report.Kinds.Kind(name) == EntityKind.Model && !IsNegated(context, match.Start) ? Draft(context, name, relation, match.Start, match.End, match.Start) : [];
    }

    private static IEnumerable<FactDraft> OnChip(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("base");
        var clause = sentence.Slice(Clauses.Start(sentence, match.Start), Clauses.End(sentence, name.End));
        var isTrained = sentence.Contains(["训练", "train", "trained", "training", "pre-trained"], Clauses.Start(sentence, match.Start), Clauses.End(sentence, name.End));
        var isRun = new[] { "跑", "运行", "推理", "部署", "适配", "run", "served", "hosted", "deployed" }.Any(word => clause.Contains(word, StringComparison.OrdinalIgnoreCase));
        return isTrained || isRun ? Draft(context, name, isTrained ? "trained-on" : "runs-on", match.Start, match.End, match.Start, ofModel: true) : [];
    }

    // 衡曦 Omni 2,曦云 C600 集群训练
    private static IEnumerable<FactDraft> ByCluster(PatternMatch match, SentenceContext context) =>
        Draft(context, match.Get<Name>("base"), "trained-on", match.Start, match.End, match.Start, ofModel: true);

    // Maia 250 … serves part of the GPT-5.5 traffic: what a chip serves runs on it.
    private static IEnumerable<FactDraft> ChipServes(PatternMatch match, SentenceContext context)
    {
        var (word, subject) = (match.Get<Span>("word"), match.Get<Name>("subject"));
        var chips = Subjects.Of(context, word.Start);
        return context.Report.Kinds.Kind(subject) == EntityKind.Model && chips is [{ Kind: EntityKind.Chip } chip] && !context.Sentence.Within<Name>(word.End, subject.Start).Any(other => context.Report.Kinds.Kind(other) is not null)
            ? [context.Draft("LineageReported", word.Start, subject.End, [("subject", Subjects.ToParticipant(context, subject)), ("base", chip)], [("relation", "runs-on")])] : [];
    }

    // Siri 已由 A 改采 B
    private static IEnumerable<FactDraft> MovedTo(PatternMatch match, SentenceContext context)
    {
        var (subject, old, name) = (match.Get<Name>("subject"), match.Get<Name>("old"), match.Get<Name>("base"));
        var kind = context.Report.Kinds.Kind(name) ?? (name.Text.Any(char.IsAsciiDigit) ? EntityKind.Model : null);
        return context.Report.Kinds.Kind(subject) == EntityKind.Product && context.Report.Kinds.Kind(old) == EntityKind.Model && kind == EntityKind.Model && !IsMaker(context, subject)
            ? [context.Draft("LineageReported", subject.Start, name.End, [("subject", Subjects.ToParticipant(context, subject)), ("base", new Participant(kind, name.Text, name.Candidates))], [("relation", "built-on")])] : [];
    }

    // NVIDIA will ship A, and its follow-on, B, …
    private static IEnumerable<FactDraft> ItsSuccessor(PatternMatch match, SentenceContext context)
    {
        var subject = match.Get<Name>("subject");
        var older = context.Sentence.All<Name>().LastOrDefault(name => name.End <= match.Start && context.Report.Kinds.Kind(name) is not null && !IsMaker(context, name));
        if (older is null || older.Text == subject.Text || (context.Report.Kinds.Kind(subject) is null && !subject.Text.Any(char.IsAsciiDigit)))
            return [];
        var kind = context.Report.Kinds.Kind(subject) ?? context.Report.Kinds.Kind(older)!;
        return [context.Draft("LineageReported", match.Start, match.End, [("subject", new Participant(kind, subject.Text, subject.Candidates)), ("base", Subjects.ToParticipant(context, older))], [("relation", "successor-of")])];
    }

    // 主控由 A 换成 B: a device runs on its main chip.
    private static IEnumerable<FactDraft> MainChip(PatternMatch match, SentenceContext context)
    {
        var (word, name) = (match.Get<Span>("word"), match.Get<Name>("base"));
        var subject = Subjects.Of(context, word.Start);
        var isChip = context.Report.Kinds.Kind(name) == EntityKind.Chip || (context.Report.Kinds.Kind(name) is null && name.Text.Any(char.IsAsciiDigit) && name.Text.Any(char.IsAsciiLetterUpper));
        return isChip && subject is [{ Kind: EntityKind.Product } device]
            ? [context.Draft("LineageReported", word.Start, name.End, [("subject", device), ("base", new Participant(EntityKind.Chip, name.Text, name.Candidates))], [("relation", "runs-on")])] : [];
    }

    private static IEnumerable<FactDraft> Drives(PatternMatch match, SentenceContext context)
    {
        var (name, subject) = (match.Get<Name>("base"), match.Get<Name>("subject"));
        var isOther = context.Sentence.Slice(match.Get<Span>("word")) == "为" && !context.Sentence.Contains(["提供支持", "提供动力", "提供底层", "提供核心"], subject.End, Math.Min(context.Sentence.End, subject.End + 12));
        return isOther || context.Report.Kinds.Kind(name) != EntityKind.Model || context.Report.Kinds.Kind(subject) != EntityKind.Product || IsTold(context) ? []
            : [Fact(context, Subjects.ToParticipant(context, subject), name, "built-on", match.Start, match.End)];
    }

    // trained X on Y, built X on Y
    private static IEnumerable<FactDraft> Trained(PatternMatch match, SentenceContext context)
    {
        var (name, subject) = (match.Get<Name>("base"), match.Get<Name>("subject"));
        var isChip = context.Report.Kinds.Kind(name) == EntityKind.Chip;
        var isModel = context.Report.Kinds.Kind(name) == EntityKind.Model;
        var kind = context.Report.Kinds.Kind(subject);
        var word = context.Sentence.Slice(match.Get<Span>("word"));
        var relation = isChip ? word.StartsWith("train", StringComparison.OrdinalIgnoreCase) ? "trained-on" : "runs-on" : "built-on";
        return kind is not (EntityKind.Model or EntityKind.Product) || !(isChip || isModel && word == "built") || IsTold(context) ? [] : [Fact(context, Subjects.ToParticipant(context, subject), name, relation, match.Start, match.End)];
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, Name name, string relation, int start, int end, int at, bool ofModel = false)
    {
        if (IsTold(context) || Subject(context, name, relation, at) is not { } subject || subject.Kind is EntityKind.Chip && relation is "built-on" or "trained-by-data-of" || (ofModel && subject.Kind is not (EntityKind.Model or EntityKind.Product)))
            return [];
        return [Fact(context, subject, name, relation, start, end)];
    }

    // What stands before the word in its clause, a product before a model; else what the sentences before were about.
    private static Participant? Subject(SentenceContext context, Name name, string relation, int at)
    {
        var sentence = context.Sentence;
        var all = sentence.All<Name>().Where(other => other.End <= at && other != name && context.Report.Kinds.Kind(other) is not null && !IsMaker(context, other) && !sentence.Contains(["'s", "’s"], other.End, Math.Min(sentence.End, other.End + 2))).ToList();
        // X is a fine-tune of Y served on Z: Z runs X.
        var before = all.Count > 1 && all[^1].Start >= Clauses.Start(sentence, at) && sentence.Contains(["a fine-tune of", "fine-tuned from", "fine-tuned", "based on", "built on", "基于"], all[^2].End, all[^1].Start) ? all[^2] : all.LastOrDefault();
        if (before is { Candidates.Count: > 0 } && context.Report.Vocabulary.Find(before.Candidates[0]) is { IsFamily: true } && relation is "built-on")
            return null;
        if (before is not null)
            return Same(before.Text, name.Text) ? null : Subjects.ToParticipant(context, before);
        // Fjell-2 was post-trained on X: what is made of a model is one, though nobody has called it so.
        if (relation is "built-on" or "trained-by-data-of" or "trained-on" && sentence.All<Name>().LastOrDefault(other => other.End <= at && other.Start >= Clauses.Start(sentence, at) && other is { Kind: null, Quoted: false, Text.Length: > 3 } && other.Text.Any(char.IsAsciiDigit) && char.IsAsciiLetterUpper(other.Text[0])) is { } unknown)
            return Participant.Unknown(EntityKind.Model, unknown.Text);
        var opens = Clauses.Start(sentence, at) is var clause && sentence.Slice(clause, at).Trim().Length <= (char.IsAsciiLetter(sentence.Passage.Text[clause]) ? 24 : 8);
        var carried = opens ? Subjects.Carried(context) : [];
        return carried.Count > 0 && !Same(carried[0].Name, name.Text) && !sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.End <= at && m.Start >= clause) ? carried[0] : null;
    }

    private static bool IsMaker(SentenceContext context, Name name) => context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == name.Start && m.End == name.End);

    private static bool IsNegated(SentenceContext context, int at) => context.Sentence.Contains(["不", "未", "并非", "无需", "不再", "not", "no longer", "rather than", "n't", "可", "支持", "允许"], Math.Max(context.Sentence.Start, at - 6), at);

    private static bool IsTold(SentenceContext context) => LineageRules.All.Any(rule => rule.Pattern.In(context.Sentence).Any(match => rule.Build(match, context).Any()));

    // Qwen and Qwen3.7-Max: a family is no offspring of its member.
    private static bool Same(string left, string right) => Resolution.NameKey.Of(right).StartsWith(Resolution.NameKey.Of(left), StringComparison.Ordinal);

    private static FactDraft Fact(SentenceContext context, Participant subject, Name name, string relation, int start, int end) =>
        context.Draft("LineageReported", start, end, [("subject", subject), ("base", Subjects.ToParticipant(context, name) with { Kind = name.Kind ?? context.Report.Kinds.Kind(name) ?? EntityKind.Product })], [("relation", relation)]);
}
