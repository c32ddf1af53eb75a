//! A large record: sentences of made-up words, and of a few signs that are real.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use futures_util::future::try_join;
use onrecord::domain::statements::{desk_words, documents};

use crate::support::app::TestApp;
use crate::support::chance::Chance;

const COMMON: [&str; 24] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "was",
    "for",
    "is",
    "were",
    "by",
    "on",
    "with",
    "as",
    "who",
    "not",
    "from",
    "at",
    "people",
    "rights",
    "statement",
    "government",
    "prisoners",
    "released",
];
const SYLLABLES: [&str; 20] = [
    "co", "ra", "mi", "ten", "pro", "sal", "ver", "ni", "do", "lu", "per", "as", "tri", "con", "el", "ba",
    "ki", "mon", "ur", "fe",
];
const SIGNS: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域枪润幅哈竟熟虫泽脑壤碳欧遍侧寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙铜献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗倾尚痛楚谢奋购磨君池旁碎骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄街藏姑贸腐奴啦惯乘恢匀纱扎辩耳彪臣亿璃抵脉秀萨俄网舞店喷纵寸汗挂洪贺闪柬爆烯津稻墙软勇像滚厘蒙芳肯坡柱荡腿仪旅尾轧冰贡登黎削钻勒逃障氨郭峰币港伏轨亩毕擦莫刺浪秘援株健售股岛甘泡睡童铸汤阀休汇舍牧绕炸哲磷绩朋淡尖启陷柴呈徒颜泪稍忘泵蓝拖洞授镜辛壮锋贫虚弯摩泰幼廷尊窗纲弄隶疑氏宫姐震瑞怪尤琴循描膜违夹腰缘珠穷森枝竹沟催绳忆邦剩幸浆栏拥牙贮礼滤钠纹罢拍咱喊袖埃勤罚焦潜伍墨欲缝姓刊饱仿奖铝鬼丽跨默挖链扫喝袋炭污幕诸弧励梅奶洁灾舟鉴苯讼抱毁懂寒智埔寄届跃渡挑丹艰贝碰拔爹戴码梦芽熔赤渔哭敬颗奔铅仲虎稀妹乏珍申桌遵允隆螺仓魏锐晓氮兼隐碍赫拨忠肃缸牵抢博巧壳兄杜讯诚碧祥柯页巡矩悲灌龄伦票寻桂铺圣恐恰郑趣抬荒腾贴柔滴猛阔辆妻填撤储签闹扰紫砂递戏吊陶伐喂疗瓶婆抚臂摸忍虾蜡邻胸巩挤偶弃槽劲乳邓吉仁烂砖租乌舰伴瓜浅丙暂燥橡柳迷暖牌秧胆详簧踏瓷谱呆宾糊洛辉愤竞隙怒粘乃绪肩籍敏涂熙皆侦悬掘享纠醒狂锁淀恨牲霸爬赏逆玩陵祝秒浙貌";

/// Small numbers far more often than large ones.
fn often_small(chance: &mut Chance, most: usize) -> usize {
    let part = chance.below(1 << 31) as f64 / (1_u64 << 31) as f64;
    ((most as f64).powf(part) as usize - 1).min(most - 1)
}

/// The word at a place in the order of how frequent they are, the most frequent first.
pub(super) fn word(place: usize) -> String {
    let made = || [place % 20, place / 20 % 20, place / 400 % 20].map(|at| SYLLABLES[at]).concat();
    COMMON.get(place).map_or_else(made, |word| (*word).to_owned())
}

/// The sign at such a place.
pub(super) fn sign(place: usize) -> char {
    SIGNS.chars().cycle().nth(place).unwrap()
}

fn english(chance: &mut Chance, words: usize) -> String {
    let mut text = String::new();
    for at in 0..words {
        text.push_str(&word(often_small(chance, 8_000)));
        text.push_str(if at % 14 == 13 { ". " } else { " " });
    }
    text
}

fn chinese(chance: &mut Chance, signs: &[char], count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        text.push(signs[often_small(chance, signs.len())]);
        match at % 60 {
            20 => text.push('，'),
            40 => text.push_str("人权"),
            59 => text.push('。'),
            _ => {}
        }
    }
    text
}

/// Fills the record; gives the number of texts.
pub(super) async fn fill(app: &mut TestApp, statements: i64) -> i64 {
    let conn = &mut app.desk.conn;
    for setting in
        ["set statement_timeout = 0", "alter system set max_wal_size = '8GB'", "select pg_reload_conf()"]
    {
        conn.batch_execute(setting).await.unwrap();
    }
    conn.batch_execute(TOPICS).await.unwrap();
    diesel::sql_query(STATEMENTS).bind::<BigInt, _>(statements).execute(conn).await.unwrap();
    conn.batch_execute(AROUND).await.unwrap();
    let signs: Vec<char> = SIGNS.chars().collect();
    let mut chance = Chance::new(64);
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Text)]
        locale: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select r.id, t.locale from revisions r join translations t on t.id = r.translation_id order by 1",
    )
    .load(conn)
    .await
    .unwrap();
    let texts = rows.len() as i64;
    for rows in rows.chunks(2_000) {
        let (mut ids, mut titles, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let rare = match row.id {
                id if id < 40 => " firstborn",
                id if id % 9_973 == 0 => " zephyrine 政治犯获释 鹤",
                _ => "",
            };
            let length = 60 + often_small(&mut chance, 700);
            let (title, body) = if row.locale == "en" {
                (english(&mut chance, 7), english(&mut chance, length))
            } else {
                (chinese(&mut chance, &signs, 12), chinese(&mut chance, &signs, length))
            };
            ids.push(row.id);
            titles.push(title);
            bodies.push(format!("{body}{rare}"));
        }
        diesel::sql_query(
            "insert into revision_texts select id, '', title, '', body, '', ''
               from unnest($1::bigint[], $2::text[], $3::text[]) as made (id, title, body)",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(titles)
        .bind::<Array<Text>, _>(bodies)
        .execute(conn)
        .await
        .unwrap();
    }
    conn.batch_execute("vacuum analyze").await.unwrap();
    texts
}

/// Has the desk find what is filled in.
pub(super) async fn cut_for_the_desk(app: &mut TestApp, texts: i64) {
    let conn = &mut app.desk.conn;
    assert_eq!(desk_words::catch_up(conn).await.unwrap() as i64, texts);
    conn.batch_execute("vacuum analyze").await.unwrap();
}

/// Publishes what is filled in, as far as the search shows it, and says how long the search took to keep it.
/// Two write at a time, and the index is made at the end: written by two at once it would be more than twice as large.
pub(super) async fn publish(app: &mut TestApp) -> std::time::Duration {
    let conn = &mut app.desk.conn;
    conn.batch_execute(PUBLIC).await.unwrap();
    let began = std::time::Instant::now();
    let due = documents::due(conn).await.unwrap();
    conn.batch_execute(WITHOUT_INDEX).await.unwrap();
    let (some, others) = due.split_at(due.len() / 2);
    let mut second = app.desk.db.database.connection().await.unwrap();
    second.batch_execute("set statement_timeout = 0").await.unwrap();
    try_join(documents::keep_all(conn, some, |_| {}), documents::keep_all(&mut second, others, |_| {}))
        .await
        .unwrap();
    conn.batch_execute(WITH_INDEX).await.unwrap();
    let took = began.elapsed();
    conn.batch_execute("vacuum analyze").await.unwrap();
    took
}

/// The id of a statement in the middle of the list.
pub(super) async fn one_in_the_middle(app: &mut TestApp) -> i64 {
    use diesel::dsl::sql;
    let middle = sql::<BigInt>(
        "(select id from statements where original_locale = 'en' order by touched_at offset (select count(*) / 6 from statements) limit 1)",
    );
    diesel::select(middle).get_result(&mut app.desk.conn).await.unwrap()
}

const WITHOUT_INDEX: &str = "
    create temp table index_of_words as select pg_get_indexdef('search_documents_words'::regclass) as made;
    drop index search_documents_words";

const WITH_INDEX: &str = "
    set maintenance_work_mem = '2GB';
    do $$ begin execute (select made from index_of_words); end $$";

/// Up to a thousand topics, each with a name in every language.
const TOPICS: &str = "
    insert into topics (number, facet) select n, 'issue' from generate_series((select max(number) + 1 from topics), 1000) n;
    insert into topic_slugs (slug, topic_id, is_current)
        select 'made-up-' || number, id, true from topics t where not exists (select from topic_slugs where topic_id = t.id);
    insert into topic_names (topic_id, locale, name, intro, confirmed)
        select id, locale, name || ' ' || number, '', true
          from topics t, (values ('en', 'Freedom of made-up subject'), ('zh-Hans', '虚构的主题'), ('zh-Hant', '虛構的主題')) n (locale, name)
         where not exists (select from topic_names where topic_id = t.id)";

/// A third of the originals in each language; testimonies only in English.
const STATEMENTS: &str = "
    insert into statements (number, kind, issued_on, issued_precision, original_locale, created_at, touched_at)
        select n,
               case when n % 50 = 0 then 'testimony'
                    else (array['statement', 'press-release', 'open-letter', 'report', 'article'])[1 + n % 5] end,
               date '1989-01-01' + (n * 13000 / $1)::int, 'day',
               case when n % 50 = 0 then 'en' else (array['en', 'zh-Hans', 'zh-Hant'])[1 + n % 3] end,
               at, at
          from (select n, timestamptz '2015-01-01' + n * interval '50 minutes' as at from generate_series(1, $1) n) made";

/// Two texts for most; a few waiting, a few withdrawn; three topics each, the first of all in a third.
const AROUND: &str = "
    insert into translations (statement_id, locale, public_state, desk_state)
        select s.id, locale, case when s.number % 400 = 1 then 'withdrawn' when s.number % 120 = 2 then 'never' else 'published' end,
               case when s.number % 120 = 2 then 'draft' else 'none' end
          from statements s, unnest(array['en', 'zh-Hans', 'zh-Hant']) with ordinality l (locale, place)
         where locale = original_locale or (s.kind <> 'testimony' and (s.number + place) % 2 = 0);
    insert into revisions (translation_id, seq, author_id, sitting, created_at)
        select t.id, 1, (select min(id) from users), 1, s.touched_at from translations t join statements s on s.id = t.statement_id order by s.id, t.id;
    update translations t set latest_revision_id = r.id from revisions r where r.translation_id = t.id;
    insert into statement_topics (statement_id, topic_id)
        select distinct s.id, t.id from statements s join topics t
            on t.number in (2 + (s.number * 7919 % 999)::int, 2 + (s.number * 104729 % 999)::int, case when s.number % 3 = 0 then 1 end)";

/// A version of each text that is public, and the lists that the search reads.
const PUBLIC: &str = "
    insert into versions (translation_id, n, revision_id, kind, issued_on, issued_precision, body_html, published_at, digest)
        select t.id, 1, r.revision_id, s.kind, s.issued_on, s.issued_precision, '<p>' || r.body || '</p>', s.touched_at, ''
          from translations t join statements s on s.id = t.statement_id
          join revision_texts r on r.revision_id = t.latest_revision_id
         where t.public_state = 'published';
    update translations t set live_version_id = v.id, first_published_at = v.published_at
      from versions v where v.translation_id = t.id;
    insert into list_entries (translation_id, statement_id, locale, number, kind, issued_on, issued_precision, title, summary,
            is_sample, first_published_at, announced)
        select t.id, s.id, t.locale, s.number, s.kind, s.issued_on, s.issued_precision, r.title, r.summary, false,
               t.first_published_at, false
          from translations t join statements s on s.id = t.statement_id
          join revision_texts r on r.revision_id = t.latest_revision_id
         where t.public_state = 'published';
    with entry as (
        select issued_on, string_agg(locale, ' ' order by locale) as locales
          from list_entries group by statement_id, issued_on
    ), periods as (
        select locales, 'all' as period, '' as part_of from entry
        union all select locales, to_char(issued_on, 'YYYY'), 'all' from entry
        union all select locales, to_char(issued_on, 'YYYY-MM'), to_char(issued_on, 'YYYY') from entry
    )
    insert into list_counts (list, period, part_of, locales, entries)
        select 'all', period, part_of, locales, count(*) from periods group by period, part_of, locales";
