using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// What the names of one report are: model, product or chip. A name of the vocabulary is what its entry is; of any other the whole report
/// is asked, since the noun that tells often stands in another sentence (某公司发布 X。这是一款浏览器插件。). What no noun tells, the
/// name's own parts may: a version behind a family of models, a size in parameters.
/// </summary>
public sealed class NameKinds
{
    private static readonly string[] ModelParts = ["OCR", "VL", "VLA", "LLM", "Image", "Video", "Audio", "Voice", "Speech", "Music", "Omni", "Coder", "Math", "Embedding", "Pro", "Max", "Flash", "Ultra", "Mini", "Nano", "Lite", "Plus", "Thinking", "Instant", "Preview", "ASR", "TTS", "World", "Realtime", "Vision", "Instruct", "Base", "Turbo", "Opus", "Sonnet", "Haiku", "Reasoner", "Highspeed", "Fast", "Super", "Air", "Large", "Medium", "Small"];

    private static readonly string[] Endings = ["OCR", "LLM", "TTS", "ASR", "-VL", "GPT", "VLA", "-LM"];

    private readonly Dictionary<string, HeadNoun> told;

    private readonly Dictionary<string, (string Kind, string Name)> tails;

    private readonly Dictionary<string, HeadNoun> lines;

    private NameKinds(Dictionary<string, (string Kind, string Name)> tails, Dictionary<string, HeadNoun> told, Dictionary<string, HeadNoun> lines) => (this.tails, this.told, this.lines) = (tails, told, lines);

    public static NameKinds None { get; } = new([], [], []);

    /// <summary>Asks every sentence of the report.</summary>
    public static NameKinds Of(IEnumerable<AnnotatedBlock> blocks, VocabularyIndex vocabulary)
    {
        var list = blocks.ToList();
        var votes = new List<(string Key, HeadNoun Noun)>();
        foreach (var block in list)
        {
            for (var i = 0; i < block.Sentences.Count; i++)
            {
                votes.AddRange(Figured(block.Sentences[i], vocabulary));
                foreach (var name in block.Sentences[i].All<Name>())
                    votes.AddRange(NounEvidence.Of(block.Sentences[i], name).Select(noun => (NameKey.Of(name.Text), noun)));
                if (i + 1 < block.Sentences.Count && NounEvidence.Opening(block.Sentences[i + 1]) is { } noun && Spoken(block.Sentences[i]) is { } spoken)
                    votes.Add((NameKey.Of(spoken.Text), noun));
                if (i + 1 < block.Sentences.Count && Spoken(block.Sentences[i]) is { Kind: null, Quoted: false, Text.Length: > 3 } part && part.Text.Any(char.IsAsciiDigit) && char.IsAsciiLetterUpper(part.Text[0]) && block.Sentences[i + 1].Contains(OfSilicon, block.Sentences[i + 1].Start, Math.Min(block.Sentences[i + 1].End, block.Sentences[i + 1].Start + 30)))
                    votes.Add((NameKey.Of(part.Text), new HeadNoun("silicon", EntityKind.Chip, null)));
            }
        }

        // The maker speaks only where no noun does.
        var named = votes.Select(vote => vote.Key).ToHashSet(StringComparer.Ordinal);
        votes.AddRange(list.SelectMany(block => block.Sentences).SelectMany(sentence => Released(sentence, vocabulary)).Where(vote => !named.Contains(vote.Key)));
        return new NameKinds(Tails(list, vocabulary), Elected(votes), Elected(votes.Concat(OfLines(list, votes))));
    }

    private static Dictionary<string, HeadNoun> Elected(IEnumerable<(string Key, HeadNoun Noun)> votes) => votes.GroupBy(vote => vote.Key, StringComparer.Ordinal).ToDictionary(
        group => group.Key,
        group => group.GroupBy(vote => vote.Noun.Kind).OrderByDescending(kind => kind.Count()).First().First().Noun,
        StringComparer.Ordinal);

    // What is told of a new name with a version is told of its line.
    private static IEnumerable<(string Key, HeadNoun Noun)> OfLines(List<AnnotatedBlock> blocks, List<(string Key, HeadNoun Noun)> votes)
    {
        var byKey = votes.ToLookup(vote => vote.Key, vote => vote.Noun, StringComparer.Ordinal);
        return blocks.SelectMany(block => block.All<Name>()).Where(name => name is { Kind: null, Quoted: false, Candidates.Count: 0 }).DistinctBy(name => name.Text, StringComparer.Ordinal)
            .SelectMany(name => Line(name.Text) is { } line ? byKey[NameKey.Of(name.Text)].Select(noun => (line, noun)) : []);
    }

    // With these a text goes on about a chip.
    private static readonly string[] OfSilicon = ["First silicon", "silicon", "The part", "Tape-out", "taped out", "The die", "流片", "投片", "回片", "送样", "该芯片", "该卡"];

    // 壁仞 BR300, LX900 的算力为 640 TFLOPS, Skald-2 has a 512K context window: what its maker makes, or only chips and models have.
    private static IEnumerable<(string, HeadNoun)> Figured(Sentence sentence, VocabularyIndex vocabulary)
    {
        foreach (var name in sentence.All<Name>().Where(name => name is { Kind: null, Candidates.Count: 0, Quoted: false, Text.Length: > 2 } && char.IsAsciiLetterUpper(name.Text[0]) && name.Text.Any(char.IsAsciiDigit)))
        {
            if (sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.End <= name.Start && sentence.Slice(m.End, name.Start).Trim() is "" or "的" or "'s" or "’s" && vocabulary.MakesChipsOnly(m.Id)))
                yield return (NameKey.Of(name.Text), new HeadNoun("芯片", EntityKind.Chip, null));
            var others = sentence.All<Name>().Any(other => other != name && other.Kind is EntityKind.Model or EntityKind.Chip or EntityKind.Product);
            if (!others && sentence.All<QuantityValue>().Any(q => q.Unit is "petaflops" or "exaflops" or "teraflops" && q.Start >= name.End && q.Start - name.End <= 40))
                yield return (NameKey.Of(name.Text), new HeadNoun("芯片", EntityKind.Chip, null));
            else if (!others && sentence.Find(["上下文", "context window", "tokens of context", "open weights", "开放权重"], name.End, Math.Min(sentence.End, name.End + 40)) is not null)
                yield return (NameKey.Of(name.Text), new HeadNoun("模型", EntityKind.Model, null));
        }
    }

    /// <summary>Whether a word is one by which makers tell the editions of a model apart (Pro, Flash, Ultra).</summary>
    public static bool IsEdition(string word) => ModelParts.Contains(word, StringComparer.OrdinalIgnoreCase);

    /// <summary>The noun that the report uses of a name, or of another of its line (YS10 beside YS30, Rook 3 after Rook); null where of neither.</summary>
    public HeadNoun? Noun(Name name) => told.GetValueOrDefault(NameKey.Of(name.Text)) ?? (name is { Kind: null, Quoted: false } && Line(name.Text) is { } line ? lines.GetValueOrDefault(line) : null);

    // The letters before the version, where a version follows: YS of YS30, Rook of Rook 3.
    private static string? Line(string text)
    {
        var digit = text.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        var stem = digit <= 0 ? "" : NameKey.Of(text[..digit].TrimEnd(' ', '-'));
        return stem.Length > 1 && char.IsAsciiLetterUpper(text[0]) ? stem : null;
    }

    /// <summary>The name in full where the report gives it elsewhere, or where its maker stands before it: V4.1 of DeepSeek is DeepSeek V4.1.</summary>
    public string FullName(Name name) => name.Candidates.Count > 0 || name.Kind is not null ? name.Text
        : tails.TryGetValue(NameKey.Of(name.Text), out var whole) ? whole.Name
        : Sibling(name) is { } sibling ? sibling.Name[..sibling.Name.LastIndexOf(' ')] + " " + name.Text
        : name.Text;

    // K2.5 beside Kimi K3: another version of the one letter.
    private (string Kind, string Name)? Sibling(Name name) =>
        name is { Kind: null, Quoted: false, Text: [>= 'A' and <= 'Z', >= '0' and <= '9', ..] text } && text.Length <= 4 && text.Skip(1).All(c => char.IsAsciiDigit(c) || c == '.')
            && tails.Values.FirstOrDefault(tail => tail.Kind == EntityKind.Model && tail.Name.LastIndexOf(' ') is > 0 and var cut && tail.Name[cut + 1] == text[0] && cut + 2 < tail.Name.Length && char.IsAsciiDigit(tail.Name[cut + 2])) is { Name: not null } found ? found : null;

    /// <summary>model, product or chip; null where nothing tells, and for names of companies, people and the like.</summary>
    public string? Kind(Name name)
    {
        if (name.Candidates.Count > 0)
            return name.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip ? name.Kind : null;
        return Noun(name)?.Kind is { } kind && !(kind != name.Kind && IsVersioned(name)) ? kind
            : ByParts(name) ?? (name.Kind is null && tails.TryGetValue(NameKey.Of(name.Text), out var whole) ? whole.Kind : Sibling(name)?.Kind);
    }

    /// <summary>Model families are followed by a version (Qwen3.7-Max), their makers' other products are not (Gemini Spark, GLM Coding Plan).</summary>
    private static bool IsVersioned(Name name) => name.Family is not null && name.Kind is EntityKind.Model or EntityKind.Chip && name.Text.Any(char.IsAsciiDigit);

    private static string? ByParts(Name name)
    {
        if (name.Kind is EntityKind.Chip)
            return name.Kind;
        var parts = name.Text.Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        var isModelPart = parts.Skip(name.Family is null ? 1 : 0).Any(part => ModelParts.Contains(part, StringComparer.OrdinalIgnoreCase));
        if (name.Kind is EntityKind.Model)
            return IsVersioned(name) || isModelPart || parts.Length == 1 || parts[^1].Length <= 2 ? EntityKind.Model : EntityKind.Product;
        return name.Kind is EntityKind.Product || parts is [_, .., "SuperPoD" or "SuperPod" or "SuperPOD" or "Rack"] ? EntityKind.Product
            : Endings.Any(ending => EndsIn(name.Text, ending) || EndsIn(name.Text.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ', '-'), ending)) || parts.Skip(1).Any(IsSize) || parts.Skip(1).Contains("Model", StringComparer.Ordinal) && char.IsAsciiDigit(parts[^1][0]) || (isModelPart && parts.Length > 1 && !name.Quoted && name.Text.Contains('-', StringComparison.Ordinal)) ? EntityKind.Model
            : null;
    }

    // YonGPT and YonGPT 3.
    private static bool EndsIn(string text, string ending) => text.Length > ending.Length + 2 && text.EndsWith(ending, StringComparison.Ordinal);

    // Small 4 where the report speaks of Mistral Small 4 elsewhere, V4.1 behind DeepSeek: a member without its family's head.
    private static Dictionary<string, (string Kind, string Name)> Tails(List<AnnotatedBlock> blocks, VocabularyIndex vocabulary)
    {
        var cells = blocks.Where(block => block.Block.Table is not null).SelectMany(block => block.Block.Table!.Rows).SelectMany(row => row)
            .Where(cell => cell.Passage.Text.Length is > 2 and <= 40).SelectMany(cell => NameFinder.Find(cell.Passage, vocabulary.Find(cell.Passage)));
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var versioned = blocks.SelectMany(block => block.All<Name>()).Concat(cells).Where(name => name.Kind is EntityKind.Model or EntityKind.Chip && IsVersioned(name));
        foreach (var name in versioned)
        {
            var parts = name.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 1; i < parts.Length; i++)
            {
                if (i < parts.Length - 1 || (parts.Length == 2 && char.IsAsciiLetter(parts[1][0]) && parts[1].Any(char.IsAsciiDigit)))
                    found.TryAdd(NameKey.Of(string.Concat(parts.Skip(i))), (name.Kind!, name.Text));
            }
        }

        foreach (var (name, maker) in blocks.SelectMany(block => block.Sentences).SelectMany(Headless))
        {
            if (vocabulary.FamilyOf($"{maker} {name.Text}", EntityKind.Model) is { } family && family.Name.Length > maker.Length - 2)
                found.TryAdd(NameKey.Of(name.Text), (EntityKind.Model, $"{maker} {name.Text}"));
        }

        return found;
    }

    // A letter with a version, as K3 or V4.1, and the company before it.
    private static IEnumerable<(Name Name, string Maker)> Headless(Sentence sentence)
    {
        foreach (var name in sentence.All<Name>().Where(name => name.Kind is null && !name.Quoted && Version(name.Text).Length is >= 2 and <= 5 && char.IsAsciiLetterUpper(name.Text[0]) && char.IsAsciiDigit(name.Text[1])))
        {
            if (sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.End <= name.Start) is { } maker && char.IsAsciiLetter(sentence.Slice(maker)[0]))
                yield return (name, sentence.Slice(maker));
        }
    }

    // V4.1 of V4.1 预览版: the edition says nothing of whose it is.
    private static string Version(string text) => text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var cut && text[cut + 1] >= '\u4e00' ? text[..cut] : text.TrimEnd([.. "预览正式版高速开源标准旗舰轻量"]);

    // 7B, 1.5B, A3B, 480B
    private static bool IsSize(string part)
    {
        var digits = part.TrimStart('A', 'a');
        return digits.Length >= 2 && digits[^1] is 'B' or 'b' && digits[..^1].All(c => char.IsAsciiDigit(c) || c == '.') && char.IsAsciiDigit(digits[0]);
    }

    // Mistral released Large 4: a name with a version that a maker of models brings out is a model wherever else it stands.
    private static IEnumerable<(string Key, HeadNoun Noun)> Released(Sentence sentence, VocabularyIndex vocabulary)
    {
        foreach (var name in sentence.All<Name>().Where(name => name is { Kind: null, Quoted: false, Candidates.Count: 0 } && char.IsAsciiLetterUpper(name.Text[0]) && name.Text.Any(char.IsAsciiDigit) && name.Text.Length > 3))
        {
            var maker = sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.End <= name.Start);
            if (maker is not null && sentence.Find(Releasing, maker.End, name.Start) is { } verb && name.Start - verb.End <= 12)
                yield return (NameKey.Of(name.Text), new HeadNoun("", vocabulary.LikelyMade(maker.Id), null));
        }
    }

    private static readonly string[] Releasing = ["released", "releases", "launched", "launches", "unveiled", "unveils", "introduced", "introduces", "open-sourced", "shipped", "发布", "推出", "开源", "释出", "发表", "上线"];

    // Of what a sentence speaks on: the last name in it that is nobody's company.
    private static Name? Spoken(Sentence sentence) =>
        sentence.All<Name>().LastOrDefault(name => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip && name.Text.Length > 1);
}
