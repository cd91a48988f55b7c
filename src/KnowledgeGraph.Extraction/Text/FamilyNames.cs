namespace KnowledgeGraph.Extraction.Text;

/// <summary>Chinese names of persons by their shape, as a capital letter is one of English names: a common family name and one or two characters more.</summary>
public static class FamilyNames
{
    // The few hundred commonest, in simplified characters.
    private const string Single = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易俞聂庄颜柳庞樊殷施洪翁阮骆简游温闵牛尤焦卓卜辛左祝鲍席屈纪柯娄詹兰霍甘葛耿巩管桂缪季柴岑褚楚丛戚祁乔茅项宁滕佟童涂冉饶荣阎燕晏闻翟章甄臧宗裴盛舒喻岳虞郎蒙边卫路娜阳仇仲郁栾凌米苗倪欧丘曲申沙沐苑费符傅古谷吉晁廉鲁牟穆麦隋邬奚鄢卞毕狄刁窦骆祖竺薄宦靳蔺屠蒲胥郏瞿艾鞠巢查荆权盖桓郜檀恽芮佘幸裘谌阚敖晋璩濮逄冷封储卿邢雍厉寿禹辜揭印綦邝邰桑冼仝栗逯粟劳寇池巫钮戈糜植郗昝漆亓郦邸浦茹束丰";

    private static readonly string[] Double = ["欧阳", "司马", "诸葛", "上官", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "闻人", "范姜"];

    /// <summary>How many characters of a folded text at an offset are a family name: 0, 1 or 2.</summary>
    public static int LengthAt(string text, int at) =>
        Array.Exists(Double, name => string.CompareOrdinal(text, at, name, 0, 2) == 0) ? 2 : at < text.Length && Single.Contains(text[at], StringComparison.Ordinal) ? 1 : 0;

    /// <summary>王芳, 欧阳修远: the whole of a folded text may be a person's name.</summary>
    public static bool IsName(string text) => LengthAt(text, 0) is var length and > 0 && text.Length - length is 1 or 2;
}
